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
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.member.Member;
import io.aragora.workspace.member.MemberChange;
import io.aragora.workspace.member.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MembersTest {
  private final Town town = new Town(TestDatabase.shared());
  private final AccountId owner = town.person();
  private final WorkspaceId workspace = town.workspace(owner);
  private final Caller boss = as(workspace, owner, Role.OWNER);

  private static MemberChange role(Role role) {
    return new MemberChange(role.wire(), null);
  }

  private static MemberChange status(String status) {
    return new MemberChange(null, status);
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(code));
  }

  @Test
  void listsMembersInPagesInTheOrderTheyJoined() {
    town.wait(java.time.Duration.ofSeconds(1));
    AccountId second = town.member(workspace, Role.VIEWER);
    town.wait(java.time.Duration.ofSeconds(1));
    AccountId third = town.member(workspace, Role.AUDITOR);

    var first = town.members.list(workspace, 2, Optional.empty());
    var rest = town.members.list(workspace, 2, Optional.ofNullable(first.nextCursor()));

    assertThat(first.items())
        .extracting(Member::accountId)
        .containsExactly(owner.value(), second.value());
    assertThat(rest.items()).extracting(Member::accountId).containsExactly(third.value());
    assertThat(rest.nextCursor()).isNull();
  }

  @Test
  void changesARoleAndTellsSessionsAndTheLog() {
    AccountId other = town.member(workspace, Role.VIEWER);

    Member changed = town.members.change(boss, other, role(Role.ADMIN));

    assertThat(changed.role()).isEqualTo("admin");
    assertThat(town.told()).containsExactly(other + " ROLE");
    assertThat(town.actions(workspace)).containsExactly("members.change");
    assertThat(town.members.change(boss, other, role(Role.ADMIN))).isEqualTo(changed);
    assertThat(town.actions(workspace)).as("nothing changed again").hasSize(1);
  }

  @Test
  void deactivatingAndReactivatingEndsAndGivesBackTheMembership() {
    AccountId other = town.member(workspace, Role.MEMBER);

    town.members.change(boss, other, status("deactivated"));
    assertThat(town.told()).containsExactly(other + " ENDED");
    assertRefused(ErrorCode.CONFLICT, () -> town.join(workspace, other, Role.OWNER));
    town.members.change(boss, other, status("active"));

    assertThat(town.members.list(workspace, 9, Optional.empty()).items())
        .extracting(Member::status)
        .containsOnly("active");
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, names = "OWNER", mode = EnumSource.Mode.EXCLUDE)
  void nobodyRaisesThemselvesOrMakesAnOwner(Role role) {
    AccountId self = town.member(workspace, role);
    AccountId other = town.member(workspace, Role.VIEWER);
    Caller caller = as(workspace, self, role);

    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.change(caller, self, role(Role.OWNER)));
    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.change(caller, other, role(Role.OWNER)));
    assertRefused(
        ErrorCode.FORBIDDEN, () -> town.members.transfer(caller, new Transfer(self.value(), null)));
    assertThat(town.owners(workspace)).isEqualTo(1);
  }

  @Test
  void anAdminCannotTouchAnOwner() {
    AccountId admin = town.member(workspace, Role.ADMIN);
    Caller caller = as(workspace, admin, Role.ADMIN);

    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.change(caller, owner, role(Role.VIEWER)));
    assertRefused(
        ErrorCode.FORBIDDEN, () -> town.members.change(caller, owner, status("deactivated")));
    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.remove(caller, owner));
  }

  /** What a session remembers for two seconds must not outlive a demotion. */
  @Test
  void whoWasDemotedAMomentAgoDecidesNothingMore() {
    AccountId admin = town.member(workspace, Role.ADMIN);
    AccountId other = town.member(workspace, Role.VIEWER);
    Caller stale = as(workspace, admin, Role.ADMIN);
    town.members.change(boss, admin, role(Role.MEMBER));

    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.change(stale, other, role(Role.MEMBER)));
    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.remove(stale, other));
  }

  @Test
  void aKeyGivesNoRoleThatMayDoMoreThanTheKey() {
    AccountId other = town.member(workspace, Role.VIEWER);
    Caller all = key(workspace, Role.OWNER);
    Caller narrow =
        Caller.key(workspace, all.actor(), Set.of(Permission.CHANGE_MEMBER), Optional.empty());

    assertRefused(ErrorCode.FORBIDDEN, () -> town.members.change(narrow, other, role(Role.MEMBER)));
    assertThat(town.members.change(all, other, role(Role.OWNER)).role()).isEqualTo("owner");
  }

  @Test
  void whoLeavesIsOutAndItIsWrittenDown() {
    AccountId other = town.member(workspace, Role.MEMBER);

    town.members.leave(as(workspace, other, Role.MEMBER));

    assertThat(town.told()).containsExactly(other + " ENDED");
    assertThat(town.actions(workspace)).containsExactly("members.leave");
  }

  @Test
  void removingEndsTheMembershipForGoodAndAgainChangesNothing() {
    AccountId other = town.member(workspace, Role.MEMBER);

    town.members.remove(boss, other);
    town.members.remove(boss, other);

    assertThat(town.told()).containsExactly(other + " ENDED");
    assertThat(town.actions(workspace)).containsExactly("members.remove");
    assertThat(town.members.list(workspace, 9, Optional.empty()).items()).hasSize(1);
    assertRefused(ErrorCode.NOT_FOUND, () -> town.members.change(boss, other, role(Role.ADMIN)));
    town.join(workspace, other, Role.VIEWER);
    assertThat(town.members.list(workspace, 9, Optional.empty()).items()).hasSize(2);
  }

  @Test
  void theLastOwnerStays() {
    AccountId away = town.member(workspace, Role.OWNER);
    town.members.change(boss, away, status("deactivated"));
    List<ThrowingCallable> ways = new ArrayList<>();
    ways.add(() -> town.members.leave(boss));
    ways.add(() -> town.members.remove(boss, owner));
    ways.add(() -> town.members.change(boss, owner, role(Role.ADMIN)));
    ways.add(() -> town.members.change(boss, owner, status("deactivated")));
    ways.add(() -> town.setStatus(owner, "DEACTIVATED"));
    ways.add(() -> town.setStatus(owner, "ERASED"));

    ways.forEach(way -> assertRefused(ErrorCode.CONFLICT, way));

    assertThat(town.owners(workspace)).isEqualTo(1);
  }

  /** Not even a statement that forgets the rule gets past the database. */
  @Test
  void theDatabaseItselfKeepsTheLastOwner() {
    assertRefused(
        ErrorCode.CONFLICT,
        () ->
            town.database.doInTransaction(
                workspace,
                tx -> tx.update("delete from member where workspace_id = ?", workspace.value())));
    assertThat(town.owners(workspace)).isEqualTo(1);
  }

  @Test
  void anOwnerGivesTheWorkspaceAwayAndStepsDownInOneCall() {
    AccountId heir = town.member(workspace, Role.VIEWER);

    Member next = town.members.transfer(boss, new Transfer(heir.value(), "member"));

    assertThat(next.role()).isEqualTo("owner");
    assertThat(town.owners(workspace)).isEqualTo(1);
    assertThat(town.told()).containsExactly(heir + " ROLE", owner + " ROLE");
    assertRefused(
        ErrorCode.FORBIDDEN, () -> town.members.transfer(boss, new Transfer(owner.value(), null)));
  }

  @Test
  void nobodyGivesAwayToStrangersTheDeactivatedOrThemselves() {
    AccountId gone = town.member(workspace, Role.MEMBER);
    town.members.change(boss, gone, status("deactivated"));

    assertRefused(
        ErrorCode.NOT_FOUND,
        () -> town.members.transfer(boss, new Transfer(town.person().value(), null)));
    assertRefused(
        ErrorCode.CONFLICT, () -> town.members.transfer(boss, new Transfer(gone.value(), null)));
    assertRefused(
        ErrorCode.INVALID_INPUT,
        () -> town.members.transfer(boss, new Transfer(owner.value(), "viewer")));
    assertThat(town.owners(workspace)).isEqualTo(1);
  }

  @Test
  void membersOfOtherWorkspacesAreNotThere() {
    AccountId stranger = town.person();
    town.workspace(stranger);

    assertRefused(
        ErrorCode.NOT_FOUND, () -> town.members.change(boss, stranger, role(Role.VIEWER)));
    assertRefused(ErrorCode.NOT_FOUND, () -> town.members.remove(boss, stranger));
    assertRefused(
        ErrorCode.NOT_FOUND, () -> town.members.remove(boss, new AccountId(UUID.randomUUID())));
  }
}
