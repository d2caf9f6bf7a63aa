package io.aragora.workspace;

import static io.aragora.workspace.Town.as;
import static io.aragora.workspace.Town.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.access.Role;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.job.JobRun;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.invite.Invite;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspacesTest {
  private final Town town = new Town(TestDatabase.shared());
  private final AccountId owner = town.person();
  private final WorkspaceId workspace = town.workspace(owner);

  private static void assertRefused(ErrorCode code, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(code));
  }

  @Test
  void anOperatorMakesWorkspacesAndOwnsThem() {
    AccountId operator = town.person("o" + UUID.randomUUID() + "@example.org", true);
    UUID id = UUID.randomUUID();

    WorkspaceView made = town.workspaces.create(operator, id, "Ward 7");

    assertThat(town.workspaces.create(operator, id, "Ward 7")).isEqualTo(made);
    assertThat(town.workspaces.of(operator))
        .containsExactly(new WorkspaceView.Mine(id, "Ward 7", "owner", "active", null));
    assertThat(town.owners(new WorkspaceId(id))).isEqualTo(1);
    assertThat(town.actions(new WorkspaceId(id))).containsExactly("workspaces.create");
  }

  @Test
  void othersMakeNoneUnlessTheSettingLetsThem() {
    assertRefused(
        ErrorCode.FORBIDDEN, () -> town.workspaces.create(owner, UUID.randomUUID(), "Mine"));
    var open =
        new Workspaces(
            town.database,
            town.accounts,
            town.members,
            town.audit,
            town.clock,
            Workspaces.Makers.EVERYBODY);
    assertThat(open.create(owner, UUID.randomUUID(), "Mine").name()).isEqualTo("Mine");
  }

  @Test
  void renamingIsNotedOnceAndOtherWorkspacesStayAsTheyAre() {
    WorkspaceId other = town.workspace();

    assertThat(town.workspaces.rename(workspace, "New").name()).isEqualTo("New");
    assertThat(town.workspaces.rename(workspace, "New").name()).isEqualTo("New");

    assertThat(town.actions(workspace)).containsExactly("workspace.rename");
    assertThat(town.workspaces.read(other).name()).isEqualTo("Test " + other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "two\nlines", "\u202eright to left", "nul\u0000", "zero\u200bwidth"})
  void refusesNamesThatHideOrBreakText(String name) {
    assertThatThrownBy(() -> new WorkspaceName(name)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> new WorkspaceName("x".repeat(201))).isInstanceOf(Refusal.class);
  }

  @Test
  void whileItIsToBeDeletedEverythingCanBeReadAndNothingChanged() {
    Caller boss = as(workspace, owner, Role.OWNER);
    assertThat(town.workspaces.standing(boss)).isEqualTo(boss);

    WorkspaceView condemned = town.workspaces.delete(workspace, UUID.randomUUID());

    assertThat(condemned.status()).isEqualTo("deleting");
    assertThat(condemned.eraseAt()).isEqualTo(town.clock.instant().plus(Duration.ofDays(14)));
    assertThat(town.workspaces.delete(workspace, UUID.randomUUID())).isEqualTo(condemned);
    assertThat(town.workspaces.standing(boss).permissions())
        .contains(Permission.READ_RECEIPT, Permission.EXPORT_WORKSPACE, Permission.DELETE_WORKSPACE)
        .doesNotContain(Permission.OPEN_DEBATE, Permission.CHANGE_MEMBER, Permission.CHANGE_BUDGET);
    assertRefused(ErrorCode.CONFLICT, () -> town.workspaces.rename(workspace, "Other"));
    assertRefused(ErrorCode.CONFLICT, () -> town.join(workspace, town.person(), Role.VIEWER));
    assertRefused(ErrorCode.CONFLICT, () -> town.members.leave(boss));

    assertThat(town.workspaces.keep(workspace).status()).isEqualTo("active");
    assertThat(town.workspaces.keep(workspace).status()).isEqualTo("active");
    assertThat(town.workspaces.standing(boss)).isEqualTo(boss);
    assertThat(town.actions(workspace)).containsExactly("workspace.delete", "workspace.keep");
  }

  @Test
  void aDeletionTakenBackErasesNothingWhenItsDayComes() {
    UUID first = UUID.randomUUID();
    town.workspaces.delete(workspace, first);
    town.workspaces.keep(workspace);
    town.workspaces.delete(workspace, UUID.randomUUID());
    town.wait(Duration.ofDays(20));

    erase(first);

    assertThat(town.workspaces.read(workspace).status()).isEqualTo("deleting");
  }

  @Test
  void beforeTheGraceIsOverTheDatabaseErasesNothing() {
    town.workspaces.delete(workspace, UUID.randomUUID());
    WorkspaceId untouched = town.workspace();

    assertThatThrownBy(() -> erase(untouched)).isInstanceOf(DatabaseFault.class);
    assertThat(town.workspaces.read(untouched).name()).isEqualTo("Test " + untouched);
  }

  private void erase(WorkspaceId place) {
    town.database.doInTransaction(
        place, tx -> tx.list("select erase_workspace(10) as rows", row -> row.number("rows")));
  }

  @Test
  void afterTheGraceNothingIsLeftButTheIdAndTheLogsHashes() {
    AccountId neighbour = town.person();
    WorkspaceId next = town.workspace(neighbour);
    town.join(next, owner, Role.VIEWER);
    town.invites.create(
        key(workspace, Role.OWNER), UUID.randomUUID(), new Invite.Wish("viewer", null, null));
    UUID deletion = UUID.randomUUID();
    town.workspaces.delete(workspace, deletion);
    town.wait(Duration.ofDays(15));

    erase(deletion);
    erase(deletion);

    assertRefused(ErrorCode.NOT_FOUND, () -> town.workspaces.read(workspace));
    assertThat(rows("member")).isZero();
    assertThat(rows("invite")).isZero();
    assertThat(rows("workspace where name = 'deleted' and workspace_id = current_workspace()"))
        .isEqualTo(1);
    assertThat(rows("audit_entry where salt is not null and action <> 'workspace.erase'")).isZero();
    assertThat(town.actions(workspace))
        .containsExactly("invites.create", "workspace.delete", "workspace.erase");
    assertThat(town.owners(next)).isEqualTo(1);
    assertThat(town.workspaces.of(owner))
        .extracting(WorkspaceView.Mine::id)
        .containsExactly(next.value());
  }

  private long rows(String what) {
    return town.database.inTransaction(
        workspace,
        tx ->
            tx.one("select count(*) as rows from " + what, row -> row.number("rows"))
                .orElseThrow());
  }

  private void erase(UUID deletion) {
    try {
      town.workspaces
          .worker()
          .run(
              new JobRun() {
                @Override
                public UUID subject() {
                  return deletion;
                }

                @Override
                public WorkspaceId workspace() {
                  return workspace;
                }

                @Override
                public int failures() {
                  return 0;
                }

                @Override
                public boolean isDraining() {
                  return false;
                }

                @Override
                public void progressed() {}

                @Override
                public void giveBack() {
                  throw new AssertionError("nobody drains");
                }

                @Override
                public void again(Duration pause) {
                  throw new AssertionError("erased once and for all");
                }
              });
    } catch (Exception bad) {
      throw new AssertionError(bad);
    }
  }

  @Test
  void exportsEveryPartALineEachAndSaysWhenItIsWhole() throws Exception {
    for (int at = 0; at < 3; at++) {
      town.wait(Duration.ofSeconds(1));
      AccountId unused = town.member(workspace, Role.VIEWER);
    }
    var out = new ByteArrayOutputStream();

    new ExportStream(
            List.of(
                WorkspaceExport.one("workspace", town.workspaces::read),
                WorkspaceExport.of("member", town.members::list)),
            workspace)
        .writeTo(out);

    var lines = out.toString(StandardCharsets.UTF_8).lines().map(Json::tree).toList();
    assertThat(lines)
        .extracting(line -> line.path("kind").asText())
        .containsExactly("workspace", "member", "member", "member", "member", "end");
    assertThat(lines.getLast().at("/value/lines").asInt()).isEqualTo(5);
    assertThat(lines.get(1).at("/value/role").asText()).isEqualTo("owner");
  }
}
