package io.aragora;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.TestDatabase;
import io.aragora.testing.isolation.Catalogue;
import io.aragora.testing.isolation.Catalogue.Policy;
import io.aragora.testing.isolation.Catalogue.Table;
import io.aragora.testing.isolation.Intruder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * No workspace, person or secret reaches rows of another in any guarded table, whatever the
 * statement; and each single policy is needed for that.
 */
final class IsolationTest {
  /** Tables whose rows are nobody's, and why that is right. */
  private static final Map<String, String> OPEN =
      Map.ofEntries(
          entry("account", "a person is of no workspace; only access.account reads and writes it"),
          entry("audit_checkpoint", "signed heads, one sequence across workspaces"),
          entry("audit_leaf", "salted hashes, one sequence across workspaces"),
          entry("audit_node", "hashes of the audit log's tree"),
          entry("audit_pending", "ids and hashes until they have a place"),
          entry(
              "first_workspace",
              "one row that names the first workspace, read before any is known"),
          entry(
              "flyway_schema_history", "what the schema is; readiness compares it with the build"),
          entry("job_node", "which nodes are alive"),
          entry("log_origin", "the log is one sequence across all workspaces and public"),
          entry("log_leaf", "served to everybody; blinded, the names stand in log_blind"),
          entry("log_node", "hashes of the log's tree, public"),
          entry("log_checkpoint", "signed heads of the log, public"),
          entry(
              "login_attempt",
              "counts by hashes of accounts and addresses, before anybody is known"),
          entry("mail_outbox", "mail is of no workspace; sealed, and only platform.mail reads it"),
          entry("oidc_state_used", "hashes of random bytes"),
          entry("passkey_challenge_used", "hashes of random bytes"),
          entry("scheduled_tasks", "ids only; the runner takes jobs of every workspace"),
          entry("secret_holder", "ids of who holds sealed values"),
          entry("secret_master", "prints of key files"),
          entry("setup_link", "one row, a hash"),
          entry("signing_key", "public keys"));

  /** Tables that all may read and only their own workspace may write. */
  private static final Set<String> READABLE_BY_ALL = Set.of("budget_parent");

  /** Functions that run as the tables' owner, and why nobody gets further by them. */
  private static final Map<String, String> OWNERS_FUNCTIONS =
      Map.of(
          "erase_workspace",
          "erases the workspace of its transaction once its grace is over; the policies bind it too");

  /** Packages that work outside of a workspace, and on what. */
  private static final Map<String, String> SYSTEM =
      Map.ofEntries(
          entry("access", "finds the first workspace before any is known"),
          entry("access/account", "a person is of no workspace"),
          entry("access/oidc", "a state comes back before anybody is known"),
          entry("audit", "the audit log is one sequence across all workspaces"),
          entry("platform/db", "opens the transactions"),
          entry("platform/job", "claims jobs; each handler then works in its job's workspace"),
          entry("platform/mail", "mail is of no workspace"),
          entry("platform/observe", "asks whether the database and the schema are there"),
          entry("platform/secret", "compares key files before it serves anybody"),
          entry("system/node", "compares keys and clocks before it serves anybody"),
          entry("transparency", "the log is one sequence across all workspaces"),
          entry("workspace/invite", "a link is shown before its workspace is known"),
          entry("workspace/setup", "the first person comes before any workspace has members"));

  private static Intruder intruder;
  private static TestDatabase database;

  @BeforeAll
  static void start() {
    database = TestDatabase.own();
    intruder = new Intruder(database);
  }

  @AfterAll
  static void stop() {
    intruder.close();
    database.database().close();
  }

  private static Catalogue catalogue() {
    return intruder.catalogue();
  }

  @Test
  void everyTableWithAWorkspaceIsGuardedAndTheOwnerToo() {
    assertThat(catalogue().tables())
        .filteredOn(each -> each.isGuarded() && !(each.enabled() && each.forced()))
        .isEmpty();
    assertThat(catalogue().policies())
        .extracting(Policy::table)
        .containsAll(
            catalogue().tables().stream().filter(Table::isGuarded).map(Table::name).toList());
  }

  @Test
  void everyTableWithoutAGuardIsOpenForAReason() {
    assertThat(catalogue().tables().stream().filter(each -> !each.isGuarded()).map(Table::name))
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(OPEN.keySet()));
  }

  @Test
  void theServersRoleOwnsNothingAndBypassesNothing() {
    assertThat(
            catalogue()
                .texts(
                    """
                    select rolname from pg_roles
                     where rolname = 'aragora_app'
                       and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
                                or rolreplication)
                    """))
        .containsExactly("aragora_app");
    assertThat(
            catalogue()
                .texts(
                    """
                    select relname::text from pg_class where relowner = 'aragora_app'::regrole
                     union all
                    select nspname::text from pg_namespace where nspowner = 'aragora_app'::regrole
                     union all
                    select proname::text from pg_proc where proowner = 'aragora_app'::regrole
                     union all
                    select datname::text from pg_database where datdba = 'aragora_app'::regrole
                     union all
                    select roleid::regrole::text from pg_auth_members
                     where member = 'aragora_app'::regrole
                    """))
        .isEmpty();
  }

  /** Emptying a table, reading through a view or a function of the owner: all pass by policies. */
  @Test
  void theServersRoleHasNoWayAroundPolicies() {
    assertThat(
            catalogue()
                .texts(
                    """
                    select relname::text
                      from pg_class
                     where relnamespace = 'public'::regnamespace
                       and relkind in ('r', 'p')
                       and has_table_privilege('aragora_app', oid, 'TRUNCATE, TRIGGER, REFERENCES')
                     union all
                    select relname::text
                      from pg_class
                     where relnamespace = 'public'::regnamespace
                       and relkind in ('v', 'm')
                    """))
        .isEmpty();
    assertThat(
            catalogue()
                .texts(
                    """
                    select proname::text
                      from pg_proc
                     where pronamespace = 'public'::regnamespace
                       and prosecdef
                    """))
        .containsExactlyInAnyOrderElementsOf(OWNERS_FUNCTIONS.keySet());
    assertThat(catalogue().texts("select has_schema_privilege('aragora_app', 'public', 'CREATE')"))
        .containsExactly("f");
  }

  /** Whatever else is done, by requests or by jobs, is done in one workspace. */
  @Test
  void onlyFewPackagesWorkOutsideOfAWorkspace() throws IOException {
    Path root = Path.of("src/main/java/io/aragora");
    var found = new TreeSet<String>();
    try (var files = Files.walk(root)) {
      for (Path each : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (Files.readString(each).contains("inSystemTransaction(")) {
          found.add(packageOf(root.relativize(each).toString()));
        }
      }
    }
    assertThat(found).isEqualTo(new TreeSet<>(SYSTEM.keySet()));
  }

  private static String packageOf(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  @Test
  void nobodyReachesRowsOfAnother() {
    assertThat(intruder.intrusions(READABLE_BY_ALL)).isEmpty();
    System.out.printf("isolation: %d attempts, none got through%n", intruder.attempts());
  }

  @Test
  void eachPolicyIsNeeded() {
    List<Policy> policies =
        catalogue().policies().stream().filter(each -> each.permits() && !each.isOpen()).toList();
    for (Policy each : policies) {
      assertThat(intruder.intrusionsWithout(each, READABLE_BY_ALL))
          .as(each.toString())
          .isNotEmpty();
    }
    System.out.printf("isolation: %d opened policies found out%n", policies.size());
  }
}
