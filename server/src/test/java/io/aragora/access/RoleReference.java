package io.aragora.access;

import io.aragora.platform.http.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the reference page of roles from the one table of rights and the operations. */
public final class RoleReference {
  private RoleReference() {}

  /** docs/reference/roles.md */
  public static String render(List<Operation> operations) {
    return """
    # Roles and permissions

    Generated from `Role`, `Permission` and the operations; do not edit. A member has one role in a
    workspace. An API key has the permissions it was made with, and a member's key never more than
    its member. What is not listed is refused; things of other workspaces are not found.

    | Role | What it is |
    |---|---|
    """
        + Arrays.stream(Role.values()).map(RoleReference::role).collect(Collectors.joining())
        + "\n## Who may do what\n\n| Permission | Allows | "
        + Arrays.stream(Role.values()).map(Role::wire).collect(Collectors.joining(" | "))
        + " |\n|---|---|"
        + ":-:|".repeat(Role.values().length)
        + "\n"
        + Arrays.stream(Permission.values())
            .map(RoleReference::permission)
            .collect(Collectors.joining())
        + "\n## What each permission is asked for by\n\n| Needs | Operations |\n|---|---|\n"
        + row("nothing", operations.stream().filter(each -> each.neededRight().isEmpty()).toList())
        + row("any key or person", asking(operations, AnyCaller.ADMITTED.wire()))
        + row("a person signed in", asking(operations, AnyCaller.PERSON.wire()))
        + row(
            "a person who signed in within the last ten minutes",
            asking(operations, AnyCaller.PROVEN.wire()))
        + Arrays.stream(Permission.values())
            .map(each -> row("`" + each.wire() + "`", asking(operations, each.wire())))
            .collect(Collectors.joining());
  }

  private static String role(Role role) {
    return "| %s | %s |\n".formatted(role.wire(), role.about());
  }

  private static String permission(Permission permission) {
    return "| `%s` | %s | %s |\n"
        .formatted(
            permission.wire(),
            permission.about(),
            Arrays.stream(Role.values())
                .map(role -> role.permissions().contains(permission) ? "yes" : "")
                .collect(Collectors.joining(" | ")));
  }

  private static List<Operation> asking(List<Operation> operations, String right) {
    return operations.stream()
        .filter(each -> each.neededRight().map(needed -> needed.wire().equals(right)).orElse(false))
        .toList();
  }

  private static String row(String needs, List<Operation> operations) {
    return operations.isEmpty()
        ? ""
        : "| %s | %s |\n"
            .formatted(
                needs,
                operations.stream()
                    .map(each -> "`" + each.id() + "`")
                    .collect(Collectors.joining(", ")));
  }
}
