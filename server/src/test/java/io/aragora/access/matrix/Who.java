package io.aragora.access.matrix;

import io.aragora.access.AnyCaller;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.access.RoleTable;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Right;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient.Disguise;
import io.aragora.testing.TestSessions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Somebody who calls: with what, from which workspace, and what they should be allowed. */
interface Who {
  String name();

  /** Where their own things are. */
  default Ids at() {
    return Ids.HOME;
  }

  /** By the written table, not by the code's. */
  boolean may(Right right);

  /** Whether this right is all they have. */
  default boolean holdsOnly(Right right) {
    return false;
  }

  /** Whether they are signed in, rather than come with a key. */
  default boolean isPerson() {
    return false;
  }

  default boolean isStranger() {
    return false;
  }

  /** What they send to be known, as headers; a key may be made for the right asked for. */
  List<String> credentials(Right right);

  /** Everybody the matrix tries, with one who may do everything in the workspace abroad. */
  static List<Who> all(TestAppliance appliance, WorkspaceId home, WorkspaceId abroad) {
    var all = new ArrayList<Who>();
    all.add(new Stranger());
    RoleTable table = RoleTable.read();
    var sessions = new TestSessions(appliance.database().database());
    for (Role role : Role.values()) {
      all.add(new Person(role, table, sessions, home));
      all.add(new Member(role, table, appliance.keyIn(home, role.permissions())));
    }
    all.add(new ExactKey(new Keys(appliance, home)));
    all.add(new KeyOfAllBut(new Keys(appliance, home)));
    all.add(new Foreigner(appliance.keyIn(abroad, EnumSet.allOf(Permission.class))));
    return List.copyOf(all);
  }

  /** Nobody we know. */
  record Stranger() implements Who {
    @Override
    public String name() {
      return "stranger";
    }

    @Override
    public boolean may(Right right) {
      return false;
    }

    @Override
    public boolean isStranger() {
      return true;
    }

    @Override
    public List<String> credentials(Right right) {
      return List.of();
    }
  }

  /**
   * A member in a role, signed in with a browser just now: anew each time, some things end them.
   */
  record Person(Role role, RoleTable table, TestSessions sessions, WorkspaceId home)
      implements Who {
    @Override
    public String name() {
      return role.wire();
    }

    @Override
    public boolean isPerson() {
      return true;
    }

    @Override
    public boolean may(Right right) {
      return right instanceof AnyCaller || table.allows(role.wire(), right.wire());
    }

    @Override
    public List<String> credentials(Right right) {
      return TestSessions.headers(sessions.begin(sessions.member(home, role.wire())));
    }
  }

  /** A key with all the permissions of a role. */
  record Member(Role role, RoleTable table, String key) implements Who {
    @Override
    public String name() {
      return "key like " + role.wire();
    }

    @Override
    public boolean may(Right right) {
      return right == AnyCaller.ADMITTED || table.allows(role.wire(), right.wire());
    }

    @Override
    public List<String> credentials(Right right) {
      return Disguise.key(key);
    }
  }

  /** A key with the permission asked for and no other. */
  record ExactKey(Keys keys) implements Who {
    @Override
    public String name() {
      return "key with just this";
    }

    @Override
    public boolean may(Right right) {
      return right == AnyCaller.ADMITTED || right instanceof Permission;
    }

    @Override
    public boolean holdsOnly(Right right) {
      return true;
    }

    @Override
    public List<String> credentials(Right right) {
      return keys.with(Keys.permission(right));
    }
  }

  /** A key with every permission but the one asked for. */
  record KeyOfAllBut(Keys keys) implements Who {
    @Override
    public String name() {
      return "key with all but this";
    }

    @Override
    public boolean may(Right right) {
      return right == AnyCaller.ADMITTED;
    }

    @Override
    public List<String> credentials(Right right) {
      return keys.with(EnumSet.complementOf(Keys.permission(right)));
    }
  }

  /** Somebody who may do everything, elsewhere. */
  record Foreigner(String key) implements Who {
    @Override
    public String name() {
      return "owner elsewhere";
    }

    @Override
    public Ids at() {
      return Ids.ABROAD;
    }

    @Override
    public boolean may(Right right) {
      return right == AnyCaller.ADMITTED || right instanceof Permission;
    }

    @Override
    public List<String> credentials(Right right) {
      return Disguise.key(key);
    }
  }

  /** Keys of the home workspace, made once for each set of permissions. */
  final class Keys {
    private final TestAppliance appliance;
    private final WorkspaceId workspace;
    private final Map<Set<Permission>, String> made = new HashMap<>();

    Keys(TestAppliance appliance, WorkspaceId workspace) {
      this.appliance = appliance;
      this.workspace = workspace;
    }

    List<String> with(Set<Permission> permissions) {
      return Disguise.key(
          made.computeIfAbsent(permissions, set -> appliance.keyIn(workspace, set)));
    }

    static EnumSet<Permission> permission(Right right) {
      var none = EnumSet.noneOf(Permission.class);
      Permission.ofWire(right.wire()).ifPresent(none::add);
      return none;
    }
  }
}
