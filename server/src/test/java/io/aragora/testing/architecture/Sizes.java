package io.aragora.testing.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How large things are: what stands out is printed, what stands out too far needs a reason. */
public final class Sizes {
  /** What may be larger than the house allows, and why: keep this short. */
  private static final Map<String, String> REASONS =
      Map.of(
          "Appliance.java", "it is a list: every object made and joined, in reading order",
          "Variables.java", "it is a table: one row a setting, in the order of the page",
          "io.aragora.cli", "one class a verb, as the house says",
          "io.aragora.consensus", "one small type for each term of the engine's formulas",
          "io.aragora.provider", "adapters are built by a switch in Providers and share its types");

  /** Above {@code talk} it is printed; above {@code most} it is a complaint. */
  private record Limit(String what, int talk, int most) {}

  private static final Limit FILE = new Limit("lines", 200, 300);
  private static final Limit TEST = new Limit("lines of test", 300, 500);
  private static final Limit METHOD = new Limit("lines of method", 25, 40);
  private static final Limit PARAMETERS = new Limit("parameters", 5, 7);
  private static final Limit PACKAGE = new Limit("files", 20, 25);

  private final List<String> found = new ArrayList<>();

  private Sizes() {}

  static List<String> complaints(Code code) {
    var sizes = new Sizes();
    code.sources().forEach(sizes::measure);
    code.sources().stream()
        .collect(groupingBy(SourceFile::packageName, TreeMap::new, counting()))
        .forEach((name, files) -> sizes.judge(name, files.intValue(), PACKAGE));
    return sizes.found;
  }

  /** Tests may be longer than what they test. */
  public static List<String> complaintsOfTests(List<SourceFile> tests) {
    var sizes = new Sizes();
    tests.forEach(file -> sizes.judge(file.path().getFileName().toString(), file.lines(), TEST));
    return sizes.found;
  }

  private void measure(SourceFile file) {
    var name = file.path().getFileName().toString();
    judge(name, file.lines(), FILE);
    for (SourceFile.Method method : file.methods()) {
      judge(name + " " + method.name(), method.lines(), METHOD);
      judge(name + " " + method.name(), method.parameters(), PARAMETERS);
    }
  }

  private void judge(String name, int size, Limit limit) {
    if (size > limit.talk()) {
      System.out.printf("size: %s has %d %s%n", name, size, limit.what());
    }
    if (size > limit.most() && !REASONS.containsKey(name.split(" ", 2)[0])) {
      found.add("%s has %d %s, more than %d".formatted(name, size, limit.what(), limit.most()));
    }
  }
}
