package io.aragora.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table of rights in the code is the one a person wrote down. */
final class RoleTableTest {
  private final RoleTable written = RoleTable.read();

  @Test
  void everyPermissionIsInTheWrittenTableAndNoOther() {
    assertThat(written.permissions())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Permission.values()).map(Permission::wire).toList());
  }

  @Test
  void everyRoleHoldsExactlyWhatIsWritten() {
    for (Role role : Role.values()) {
      for (Permission each : Permission.values()) {
        assertThat(role.permissions().contains(each))
            .as("%s holds %s", role.wire(), each.wire())
            .isEqualTo(written.allows(role.wire(), each.wire()));
      }
    }
  }

  @Test
  void anOwnerHoldsEverything() {
    assertThat(Role.OWNER.permissions()).containsExactlyInAnyOrder(Permission.values());
  }
}
