package io.aragora;

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
      Map.of(
          "account", "a person is of no workspace; only access.account reads and writes it",
          "first_workspace", "one row that names the first workspace, read before any is known",
          "flyway_schema_history", "what the schema is; readiness compares it with the build",
          "log_origin", "the log is one sequence across all workspaces and public",
          "log_leaf", "served to everybody; blinded, the names stand in log_blind",
          "log_node", "hashes of the log's tree, public",
          "log_checkpoint", "signed heads of the log, public",
          "scheduled_tasks", "ids only; the runner takes jobs of every workspace",
          "signing_key", "public keys");

  /** Tables that all may read and only their own workspace may write. */
  private static final Set<String> READABLE_BY_ALL = Set.of("budget_parent");

  /** Functions that run as the tables' owner, and why nobody gets further by them. */
  private static final Map<String, String> OWNERS_FUNCTIONS = Map.of();

  /** Packages that work outside of a workspace, and on what. */
  private static final Map<String, String> SYSTEM =
      Map.of(
          "access", "finds the first workspace before any is known",
          "platform/db", "opens the transactions",
          "platform/job", "claims jobs; each handler then works in its job's workspace",
          "platform/observe", "asks whether the database and the schema are there",
          "system/node", "compares keys and clocks before it serves anybody",
          "transparency", "the log is one sequence across all workspaces");

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
