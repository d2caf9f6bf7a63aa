package io.aragora.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which part of the house stands on which: nobody reaches up. */
final class Levels {
  private static final int MOST_KERNEL_TYPES = 15;
  private static final Map<String, Integer> LEVEL = new HashMap<>();

  static {
    List<List<String>> bottomUp =
        List.of(
            List.of("kernel"),
            List.of("platform"),
            List.of("consensus", "event", "audit", "access"),
            List.of(
                "workspace",
                "budget",
                "provider",
                "template",
                "evidence",
                "transparency",
                "receipt"),
            List.of("debate"),
            List.of("connector", "webhook", "onboarding", "usage", "feedback", "privacy", "system"),
            List.of("cli"),
            List.of(""));
    for (int level = 0; level < bottomUp.size(); level++) {
      for (String part : bottomUp.get(level)) {
        LEVEL.put(part, level);
      }
    }
  }

  private Levels() {}

  static List<String> complaints(Code code) {
    var found = new ArrayList<String>();
    for (JavaClass type : code.classes()) {
      if (!LEVEL.containsKey(code.part(type))) {
        found.add("%s is in a package that has no level".formatted(type.getName()));
      } else {
        type.getDirectDependenciesFromSelf().stream()
            .filter(each -> code.isOurs(each.getTargetClass().getBaseComponentType()))
            .filter(each -> level(code, each.getTargetClass()) > level(code, type))
            .forEach(each -> found.add(each.getDescription()));
      }
    }
    found.addAll(kernel(code));
    return found;
  }

  private static int level(Code code, JavaClass type) {
    return LEVEL.getOrDefault(code.part(type.getBaseComponentType()), Integer.MAX_VALUE);
  }

  private static List<String> kernel(Code code) {
    long types =
        code.classes().stream()
            .filter(type -> code.part(type).equals("kernel") && type.isTopLevelClass())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .count();
    return types <= MOST_KERNEL_TYPES
        ? List.of()
        : List.of("the kernel has %d types, more than %d".formatted(types, MOST_KERNEL_TYPES));
  }
}
