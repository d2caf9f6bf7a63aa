package io.aragora.budget.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestClient.Got;
import io.aragora.testing.TestPerson;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who may say who pays for whom, who sees it, and what is written down of it. */
final class BudgetTreeTest {
  private static final TestAppliance APPLIANCE = TestAppliance.start();

  private final WorkspaceId firm = APPLIANCE.database().newWorkspace();
  private final WorkspaceId team = APPLIANCE.database().newWorkspace();
  private final AccountId account = operator();
  private final TestPerson olga = signedIn(account, team, "admin", firm, "admin");

  @AfterAll
  static void stop() {
    APPLIANCE.close();
  }

  @Test
  void anOperatorOfBothPutsOneUnderTheOtherAndSeesTheMoneyOfBoth() {
    Got placed = place(olga, firm);

    assertThat(placed.status()).as(placed.text()).isEqualTo(200);
    JsonNode above = placed.json().path("above").path(0);
    assertThat(above.path("workspace_id").asText()).isEqualTo(firm.toString());
    assertThat(above.path("name").asText()).isEqualTo("Test " + firm);
    assertThat(above.at("/budget/month_cap").asLong()).isPositive();
    work(olga, firm);
    JsonNode below = tree(olga).path("below").path(0);
    assertThat(below.path("workspace_id").asText()).isEqualTo(team.toString());
    assertThat(below.at("/budget/held").isNumber()).isTrue();
  }

  @Test
  void whoIsNoMemberOfTheFirmSeesThatItPaysAndNothingElseOfIt() {
    place(olga, firm);
    TestPerson tom = signedIn(person(), team, "viewer", team, "viewer");

    JsonNode above = tree(tom).path("above").path(0);

    assertThat(above.path("workspace_id").asText()).isEqualTo(firm.toString());
    assertThat(above.has("name")).isFalse();
    assertThat(above.has("budget")).isFalse();
  }

  @Test
  void aMemberOfTheFirmWhoMayNotReadItsBudgetSeesNoMoney() {
    place(olga, firm);
    TestPerson ada = signedIn(person(), team, "viewer", firm, "auditor");

    assertThat(tree(ada).path("above").path(0).has("budget")).isFalse();
  }

  @Test
  void aKeyOfTheTeamSeesNoMoneyOfTheFirmWhoeverMadeIt() {
    place(olga, firm);
    String wish = "{\"name\": \"robot\", \"scopes\": [\"budget.read\", \"budget.change\"]}";
    String secret = olga.post("/api/v1/keys", wish).json().path("secret").asText();
    var robot = APPLIANCE.anonymous();
    List<String> key = List.of("Authorization", "Bearer " + secret);

    JsonNode above =
        robot.send("GET", "/api/v1/budget/tree", null, key).json().path("above").path(0);
    Got detached = robot.send("DELETE", "/api/v1/budget/parent", null, key);

    assertThat(above.path("workspace_id").asText()).isEqualTo(firm.toString());
    assertThat(above.has("budget")).isFalse();
    assertThat(detached.status()).isEqualTo(403);
  }

  @Test
  void onlyAnOperatorWithTheRightInBothMayPlace() {
    TestPerson owner = signedIn(person(), team, "owner", firm, "owner");
    TestPerson stranger = signedIn(operator(), team, "owner", team, "owner");
    TestPerson viewer = signedIn(operator(), team, "owner", firm, "viewer");
    TestPerson below = signedIn(operator(), team, "viewer", firm, "owner");

    assertThat(place(owner, firm).code()).isEqualTo("forbidden");
    assertThat(place(stranger, firm).code()).isEqualTo("not_found");
    assertThat(place(viewer, firm).code()).isEqualTo("forbidden");
    assertThat(place(below, firm).code()).isEqualTo("forbidden");
    assertThat(place(olga, new WorkspaceId(UUID.randomUUID())).code()).isEqualTo("not_found");
    assertThat(tree(olga).path("above")).isEmpty();
  }

  @Test
  void whoMayNotChangeTheFirmsBudgetCannotTakeTheTeamOutFromUnderIt() {
    place(olga, firm);
    WorkspaceId third = APPLIANCE.database().newWorkspace();
    TestPerson other = signedIn(operator(), team, "owner", third, "owner");

    assertThat(place(other, third).code()).isEqualTo("not_found");
    assertThat(other.delete("/api/v1/budget/parent").code()).isEqualTo("not_found");
    assertThat(tree(olga).path("above")).hasSize(1);
  }

  @Test
  void refusesItselfACircleAndALineOfFive() {
    assertThat(place(olga, team).code()).isEqualTo("conflict");
    place(olga, firm);
    work(olga, firm);
    assertThat(place(olga, team).code()).isEqualTo("conflict");

    for (int height = 3; height <= 5; height++) {
      WorkspaceId next = APPLIANCE.database().newWorkspace();
      TestPerson.join(database(), next, account, "admin");
      assertThat(place(olga, next).status()).isEqualTo(height == 5 ? 409 : 200);
      work(olga, next);
    }
  }

  @Test
  void refusesWhatNamesNoWorkspace() {
    assertThat(olga.put("/api/v1/budget/parent", "{}").status()).isEqualTo(422);
    assertThat(olga.put("/api/v1/budget/parent", "{\"workspace_id\": \"firm\"}").status())
        .isEqualTo(422);
  }

  @Test
  void aWorkspaceToBeDeletedPaysForNobodyNew() {
    condemn(firm, "1 day");

    assertThat(place(olga, firm).code()).isEqualTo("conflict");
  }

  @Test
  void onceTheFirmIsErasedTheTeamStandsByItself() {
    place(olga, firm);
    condemn(firm, "-1 day");
    database()
        .inTransaction(
            firm, tx -> tx.one("select erase_workspace(100) as n", row -> row.number("n")));

    assertThat(tree(olga).path("above")).isEmpty();
    assertThat(olga.post("/api/v1/debates", "{\"question\": \"Still?\"}").status()).isEqualTo(202);
  }

  @Test
  void eachStepIsInTheBooksOfBothAndTheSameAgainIsNot() {
    WorkspaceId third = APPLIANCE.database().newWorkspace();
    TestPerson.join(database(), third, account, "admin");
    place(olga, firm);
    place(olga, firm);
    place(olga, third);
    assertThat(olga.delete("/api/v1/budget/parent").status()).isEqualTo(204);
    assertThat(olga.delete("/api/v1/budget/parent").status()).isEqualTo(204);

    assertThat(noted(team))
        .containsExactlyInAnyOrder(
            "budget.place", "budget.detach", "budget.place", "budget.detach");
    assertThat(noted(firm)).containsExactly("budget.place", "budget.detach");
    assertThat(noted(third)).containsExactly("budget.place", "budget.detach");
  }

  private static Got place(TestPerson who, WorkspaceId parent) {
    return who.put("/api/v1/budget/parent", "{\"workspace_id\": \"%s\"}".formatted(parent));
  }

  private static JsonNode tree(TestPerson who) {
    Got got = who.get("/api/v1/budget/tree");
    assertThat(got.status()).as(got.text()).isEqualTo(200);
    return got.json();
  }

  private static void work(TestPerson who, WorkspaceId workspace) {
    String json = "{\"workspace_id\": \"%s\"}".formatted(workspace);
    assertThat(who.put("/api/v1/me/workspace", json).status()).isEqualTo(200);
  }

  private static AccountId operator() {
    return TestPerson.operator(database(), UUID.randomUUID() + "@example.org");
  }

  private static AccountId person() {
    return TestPerson.account(database(), UUID.randomUUID() + "@example.org");
  }

  /** At work in the first of two workspaces. */
  private static TestPerson signedIn(
      AccountId account, WorkspaceId here, String role, WorkspaceId there, String roleThere) {
    TestPerson.join(database(), there, account, roleThere);
    TestPerson.join(database(), here, account, role);
    TestPerson person = TestPerson.signIn(APPLIANCE.anonymous(), email(account));
    work(person, here);
    return person;
  }

  private static String email(AccountId account) {
    return database()
        .inSystemTransaction(
            tx ->
                tx.one(
                    "select email from account where account_id = ?",
                    row -> row.text("email"),
                    account.value()))
        .orElseThrow();
  }

  private static void condemn(WorkspaceId workspace, String in) {
    database()
        .doInTransaction(
            workspace,
            tx ->
                tx.update(
                    """
                    update workspace
                       set erase_at = now() + ?::interval, deletion_id = gen_random_uuid()
                     where workspace_id = ?
                    """,
                    in,
                    workspace.value()));
  }

  private static List<String> noted(WorkspaceId workspace) {
    return database()
        .inTransaction(
            workspace,
            tx ->
                tx.list(
                    """
                    select action
                      from audit_entry
                     where action like 'budget.%'
                     order by at, entry_id
                    """,
                    row -> row.text("action")));
  }

  private static Database database() {
    return APPLIANCE.database().database();
  }
}
