package io.aragora.testing.controls;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * One row: a requirement of a standard, how far it is met, and the tests ({@code
 * package.Class#method} below {@code io.aragora}) or documents that show it.
 */
public record Control(
    String id,
    String level,
    String requirement,
    String status,
    List<String> evidence,
    String remark) {
  private static final List<String> STATUSES = List.of("done", "partly", "open", "not applicable");
  private static final List<String> LEVELS = List.of("1", "2", "3", "-");

  public Control {
    evidence = List.copyOf(evidence);
  }

  static Control of(List<String> cells) {
    if (cells.size() != 6) {
      throw new IllegalArgumentException("a row has six cells: " + cells);
    }
    return new Control(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        cells.get(3),
        cells.get(4).isEmpty() ? List.of() : Arrays.asList(cells.get(4).split(" \\+ ", -1)),
        cells.get(5));
  }

  public boolean isDone() {
    return status.equals("done");
  }

  /** What is wrong with this row; empty if it is as honest as a machine can tell. */
  public List<String> complaints() {
    var found = new ArrayList<String>();
    if (!STATUSES.contains(status) || !LEVELS.contains(level) || requirement.isBlank()) {
      found.add(id + " is not whole");
    }
    if (isDone() && evidence.stream().noneMatch(Control::isTest)) {
      found.add(id + " is done and names no test");
    }
    if (!isDone() && remark.isBlank()) {
      found.add(id + " is " + status + " and does not say why");
    }
    evidence.stream()
        .filter(each -> isTest(each) ? !testExists(each) : !documentExists(each))
        .forEach(each -> found.add(id + " names what is not there: " + each));
    return found;
  }

  private static boolean isTest(String evidence) {
    return evidence.contains("#");
  }

  private static boolean testExists(String evidence) {
    String[] parts = evidence.split("#", 2);
    try {
      return Arrays.stream(
              Class.forName("io.aragora." + parts[0], false, Control.class.getClassLoader())
                  .getDeclaredMethods())
          .anyMatch(method -> method.getName().equals(parts[1]) && runs(method));
    } catch (ClassNotFoundException unknown) {
      return false;
    }
  }

  private static boolean runs(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class)
        && !method.isAnnotationPresent(Disabled.class)
        && !method.getDeclaringClass().isAnnotationPresent(Disabled.class);
  }

  private static boolean documentExists(String evidence) {
    return Files.exists(io.aragora.testing.GeneratedFiles.root().resolve(evidence));
  }
}
