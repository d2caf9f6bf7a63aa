package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowLevelSecurityTest {
  private final TestDatabase test = TestDatabase.shared();

  @Test
  void aWorkspaceSeesItsOwnRowOnly() {
    var mine = test.newWorkspace();
    test.newWorkspace();
    List<String> seen = test.database().inTransaction(mine, RowLevelSecurityTest::names);
    assertThat(seen).containsExactly("Test " + mine);
  }

  @Test
  void withoutAWorkspaceTheQueryFails() {
    test.newWorkspace();
    assertThatThrownBy(() -> test.database().inSystemTransaction(RowLevelSecurityTest::names))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void theOwnerOfTheTablesIsBoundToo() {
    test.newWorkspace();
    try (var owner = Database.open(test.owner(), 1)) {
      assertThatThrownBy(() -> owner.inSystemTransaction(RowLevelSecurityTest::names))
          .isInstanceOf(DatabaseFault.class);
    }
  }

  @Test
  void aDatabaseOfOnesOwnStartsEmpty() {
    var own = TestDatabase.own();
    try (var superuser = Database.open(own.superuser(), 1)) {
      List<String> seen = superuser.inSystemTransaction(RowLevelSecurityTest::names);
      assertThat(seen).isEmpty();
    }
    own.database().close();
  }

  private static List<String> names(Tx tx) {
    return tx.list("select name from workspace", row -> row.text("name"));
  }
}
