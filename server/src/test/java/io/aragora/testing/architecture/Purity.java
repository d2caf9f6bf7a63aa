package io.aragora.testing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Consensus and the engine see only {@code java.*}, the kernel and each other. Whatever of its own
 * package the engine uses must be as pure as the engine.
 */
final class Purity {
  private static final Set<String> HARMLESS = Set.of("org.jspecify", "com.google.errorprone");

  private Purity() {}

  static List<String> complaints(Code code) {
    var queue = new ArrayDeque<JavaClass>();
    code.classes().stream()
        .filter(type -> code.part(type).equals("consensus") || isEngine(code, type))
        .forEach(queue::add);
    var seen = new HashSet<JavaClass>(queue);
    var found = new ArrayList<String>();
    while (!queue.isEmpty()) {
      for (Dependency each : queue.remove().getDirectDependenciesFromSelf()) {
        var target = each.getTargetClass().getBaseComponentType();
        if (code.isOurs(target) && code.part(target).equals("debate")) {
          if (seen.add(target)) {
            queue.add(target);
          }
        } else if (!isPure(code, target)) {
          found.add(each.getDescription());
        }
      }
    }
    return found;
  }

  private static boolean isEngine(Code code, JavaClass type) {
    return type.getName().startsWith(code.in("debate.DebateEngine"))
        || type.getPackageName().equals(code.in("debate.engine"));
  }

  private static boolean isPure(Code code, JavaClass target) {
    var name = target.getPackageName();
    return target.isPrimitive()
        || (name.startsWith("java.")
            && !name.startsWith("java.sql")
            && !name.startsWith("java.net"))
        || HARMLESS.stream().anyMatch(name::startsWith)
        || (code.isOurs(target) && Set.of("kernel", "consensus").contains(code.part(target)));
  }
}
