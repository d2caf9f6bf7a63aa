package io.aragora.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a member is in a workspace; the table of permissions says what each may do. */
public enum Role {
  OWNER("May do everything; a workspace always has one"),
  ADMIN("Runs the workspace: members, keys, budgets, providers"),
  MEMBER("Opens debates and reads them"),
  VIEWER("Reads debates and receipts"),
  AUDITOR("Reads receipts and the audit log, and nothing else"),
  ;

  private final String about;
  private final Set<Permission> permissions;

  Role(String about) {
    this.about = about;
    this.permissions =
        Arrays.stream(Permission.values())
            .filter(each -> each.heldBy().contains(name()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
  }

  /** The role on the wire: {@code owner}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String about() {
    return about;
  }

  public Set<Permission> permissions() {
    return Set.copyOf(permissions);
  }

  public static Optional<Role> ofWire(String wire) {
    return Arrays.stream(values()).filter(each -> each.wire().equals(wire)).findFirst();
  }
}
