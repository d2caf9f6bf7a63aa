package io.aragora.testing.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** What a package shows and what it promises about null. */
final class Packages {
  /** Public beside the facade, and why: keep this short. */
  private static final Map<String, String> REASONS =
      Map.of(
          "audit.AuditTree", "AuditLog writes entries, AuditTree numbers and signs them",
          "event.EventFeed", "the house names it: EventLog writes, EventFeed reads",
          "consensus.HollowTest", "consensus is pure functions over values and has no facade",
          "consensus.Weights", "consensus is pure functions over values and has no facade");

  private Packages() {}

  /** A feature shows one facade; all else public is routes, data, a port or an exception. */
  static List<String> facades(Code code) {
    var shown =
        code.classes().stream()
            .filter(type -> type.getPackageName().matches(code.root() + "\\.[a-z]+"))
            .filter(type -> !code.part(type).equals("kernel"))
            .filter(Packages::isFacade)
            .filter(type -> !REASONS.containsKey(code.part(type) + "." + type.getSimpleName()))
            .collect(
                groupingBy(
                    JavaClass::getPackageName,
                    TreeMap::new,
                    mapping(JavaClass::getSimpleName, toCollection(TreeSet::new))));
    return shown.entrySet().stream()
        .filter(each -> each.getValue().size() > 1)
        .map(each -> "%s shows more than one facade: %s".formatted(each.getKey(), each.getValue()))
        .toList();
  }

  private static boolean isFacade(JavaClass type) {
    return type.isTopLevelClass()
        && type.getModifiers().contains(PUBLIC)
        && !type.isRecord()
        && !type.isEnum()
        && !type.isInterface()
        && !type.isAssignableTo(Throwable.class)
        && !type.getSimpleName().endsWith("Routes");
  }

  static List<String> unmarked(Code code) {
    var all =
        code.classes().stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    code.classes().stream()
        .filter(type -> type.getSimpleName().equals("package-info"))
        .filter(type -> type.isAnnotatedWith(NullMarked.class))
        .forEach(type -> all.remove(type.getPackageName()));
    return all.stream().map(name -> name + " is not @NullMarked").toList();
  }
}
