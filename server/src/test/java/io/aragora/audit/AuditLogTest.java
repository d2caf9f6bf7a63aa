package io.aragora.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.Doer;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Tx;
import io.aragora.platform.observe.DoerScope;
import io.aragora.platform.observe.RequestScope;
import io.aragora.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entry says, and what the server's own role can never do to it. */
final class AuditLogTest {
  private static TestDatabase test;

  @TempDir private Path data;
  private AuditFixture on;

  @BeforeAll
  static void makeDatabase() {
    test = TestDatabase.own();
  }

  @AfterAll
  static void dropDatabase() {
    test.database().close();
  }

  @BeforeEach
  void start() {
    on = new AuditFixture(test, data);
  }

  @AfterEach
  void stop() {
    on.close();
  }

  @Test
  void anEntryNamesWhoeverTheThreadWorksForAndTheRequest() {
    var anna = new Doer(Doer.Kind.PERSON, AuditFixture.ANNA, Optional.of("192.0.2.7"));
    RequestScope.run(
        "request-1",
        () ->
            DoerScope.call(
                anna,
                () ->
                    on.test
                        .database()
                        .inTransaction(
                            on.workspace,
                            tx -> {
                              on.log.append(
                                  tx,
                                  on.workspace,
                                  AuditNote.of("budget.set", "budget", on.workspace)
                                      .from(Map.of("cap", 1))
                                      .to(Map.of("cap", 2))
                                      .with("cap", "2"));
                              return true;
                            })));
    assertThat(
            on.count(
                """
                select count(*)
                  from audit_entry
                 where action = 'budget.set'
                   and outcome = 'done'
                   and actor_kind = 'person'
                   and actor_id = '00000000-0000-0000-0000-00000000000a'
                   and address = '192.0.2.7'
                   and request_id = 'request-1'
                   and before_sha256 <> after_sha256
                   and detail = '{"cap":"2"}'
                """))
        .isEqualTo(1);
  }

  @Test
  void outsideOfARequestTheApplianceItselfIsTheDoer() {
    on.test
        .database()
        .doInTransaction(
            on.workspace, tx -> on.log.append(tx, on.workspace, AuditNote.of("a.b", "c", "d")));
    assertThat(on.count("select count(*) from audit_entry where actor_kind = 'appliance'"))
        .isEqualTo(1);
  }

  @Test
  void theHashedBodyHoldsNoWordThatMayHaveToBeErased() {
    on.append(AuditNote.of("a.b", "c", "d").with("secret", "in person"));
    assertThat(
            on.count(
                """
                select count(*)
                  from audit_entry
                 where convert_from(body, 'utf8') like '%in person%'
                    or convert_from(body, 'utf8') like '%192.0.2.7%'
                """))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from audit_entry",
        "update audit_entry set action = 'other'",
        "update audit_entry set address = '192.0.2.8'",
        "update audit_entry set detail = '{}'",
        "update audit_entry set salt = null",
        "update audit_entry set address = null, detail = null",
        "update audit_entry set body = ''",
        "truncate audit_entry",
        "update audit_leaf set leaf_index = leaf_index + 1",
        "delete from audit_leaf",
        "delete from audit_checkpoint",
        "update audit_checkpoint set note = ''",
        "delete from audit_node",
        "update audit_pending set leaf_hash = leaf_hash"
      })
  void theServersRoleCannot(String sql) {
    on.append(2);
    on.tree.publish();
    on.append(1);
    assertThatThrownBy(() -> on.test.database().doInTransaction(on.workspace, tx -> tx.update(sql)))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void theServersRoleCanEraseWordsAndSaltTogether() {
    on.append(2);
    int erased =
        on.test
            .database()
            .inTransaction(
                on.workspace,
                tx ->
                    tx.update("update audit_entry set address = null, detail = null, salt = null"));
    assertThat(erased).isEqualTo(2);
  }

  @Test
  void anotherWorkspaceSeesAndErasesNothing() {
    on.append(2);
    var other = on.test.newWorkspace();
    var db = on.test.database();
    List<String> seen = db.inTransaction(other, AuditLogTest::actions);
    int erased =
        db.inTransaction(
            other,
            tx -> tx.update("update audit_entry set address = null, detail = null, salt = null"));
    assertThat(seen).isEmpty();
    assertThat(erased).isZero();
    assertThatThrownBy(
            () ->
                db.doInTransaction(
                    other, tx -> on.log.append(tx, on.workspace, AuditNote.of("a.b", "c", "d"))))
        .isInstanceOf(DatabaseFault.class);
  }

  @Test
  void theTransactionThatSeesAllWorkspacesChangesNothing() {
    on.append(2);
    var db = on.test.database();
    List<String> seen = db.inAuditTransaction(AuditLogTest::actions);
    assertThat(seen).hasSize(2);
    assertThatThrownBy(
            () ->
                db.inAuditTransaction(
                    tx ->
                        tx.update(
                            "update audit_entry set address = null, detail = null, salt = null")))
        .isInstanceOf(DatabaseFault.class);
  }

  private static List<String> actions(Tx tx) {
    return tx.list("select action from audit_entry", row -> row.text("action"));
  }
}
