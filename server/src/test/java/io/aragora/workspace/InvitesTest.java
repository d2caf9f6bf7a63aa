package io.aragora.workspace;

import static io.aragora.workspace.Town.as;
import static io.aragora.workspace.Town.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.access.Caller;
import io.aragora.access.Role;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.invite.Invite;
import io.aragora.workspace.member.MemberChange;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InvitesTest {
  private final Town town = new Town(TestDatabase.shared());
  private final AccountId owner = town.person();
  private final WorkspaceId workspace = town.workspace(owner);
  private final Caller boss = as(workspace, owner, Role.OWNER);

  private static void assertRefused(ErrorCode code, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(Refusal.class, no -> assertThat(no.code()).isEqualTo(code));
  }

  private static String freshEmail() {
    return "new" + UUID.randomUUID() + "@example.org";
  }

  private Invite.Issued invite(String role, @Nullable String email) {
    return town.invites.create(boss, UUID.randomUUID(), new Invite.Wish(role, email, null));
  }

  private AccountId accept(String token, @Nullable String email) {
    return town.acceptances.accept(
        new AccountId(UUID.randomUUID()),
        new Invite.Acceptance(token, email, "Nora", Town.PASSWORD));
  }

  private String status(UUID invite) {
    return town.invites.list(workspace, 50, Optional.empty()).items().stream()
        .filter(each -> each.id().equals(invite))
        .findFirst()
        .orElseThrow()
        .status();
  }

  @Test
  void tellsWhoeverHoldsTheLinkTheWorkspaceAndTheRoleOnly() {
    var issued = invite("viewer", null);

    assertThat(issued.link()).endsWith("/invite#token=" + issued.token());
    assertThat(issued.mailed()).isFalse();
    assertThat(town.acceptances.look(issued.token()))
        .isEqualTo(new Invite.Look("Test " + workspace, "viewer"));
  }

  @Test
  void keepsNoTokenInTheDatabase() {
    var issued = invite("viewer", freshEmail());
    String row =
        town.database.inTransaction(
            workspace,
            tx ->
                tx.one(
                        """
                        select invite::text as row
                          from invite
                         where invite_id = ?
                        """,
                        each -> each.text("row"),
                        issued.invite().id())
                    .orElseThrow());
    assertThat(row).doesNotContain(issued.token());
  }

  @Test
  void letsAStrangerInWithAnAccountOfTheirOwnOnce() {
    var issued = invite("member", null);

    AccountId account = accept(issued.token(), freshEmail());

    assertThat(town.workspaces.of(account))
        .extracting(WorkspaceView.Mine::role)
        .containsExactly("member");
    assertThat(status(issued.invite().id())).isEqualTo("accepted");
    assertThat(town.actions(workspace)).containsExactly("invites.create", "invites.accept");
    assertRefused(ErrorCode.NOT_FOUND, () -> accept(issued.token(), freshEmail()));
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.look(issued.token()));
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.join(town.person(), issued.token()));
  }

  @Test
  void letsAPersonSignedInJoinAsThemselves() {
    var issued = invite("auditor", null);
    AccountId person = town.person();

    assertThat(town.acceptances.join(person, issued.token()))
        .isEqualTo(new Invite.Joined(workspace.value(), "auditor"));
    assertThat(town.actions(workspace)).containsExactly("invites.create", "invites.accept");
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.join(person, issued.token()));
  }

  @Test
  void neverMakesADoubleMember() {
    AccountId person = town.member(workspace, Role.VIEWER);
    var issued = invite("admin", null);

    assertRefused(ErrorCode.CONFLICT, () -> town.acceptances.join(person, issued.token()));

    assertThat(status(issued.invite().id())).isEqualTo("open");
    assertThat(town.members.list(workspace, 9, Optional.empty()).items()).hasSize(2);
  }

  @Test
  void anInviteToAnAddressIsForItsAccountOnly() {
    String email = freshEmail();
    AccountId named = town.person(email, false);
    var issued = invite("member", email);

    assertRefused(ErrorCode.FORBIDDEN, () -> town.acceptances.join(town.person(), issued.token()));
    assertRefused(ErrorCode.FORBIDDEN, () -> accept(issued.token(), freshEmail()));
    assertRefused(ErrorCode.CONFLICT, () -> accept(issued.token(), null));
    assertThat(town.acceptances.join(named, issued.token()).role()).isEqualTo("member");
  }

  @Test
  void aStrangerTakesTheAddressTheInviteNames() {
    String email = freshEmail();

    AccountId account = accept(invite("member", email).token(), email.toUpperCase());

    assertThat(town.members.list(workspace, 9, Optional.empty()).items())
        .filteredOn(each -> each.accountId().equals(account.value()))
        .extracting(each -> each.email())
        .containsExactly(email);
  }

  /** An open link must not become a way to ask who has an account here. */
  @Test
  void aLinkTriedOnManyAddressesCloses() {
    var issued = invite("member", null);
    for (int at = 0; at < 10; at++) {
      String known = freshEmail();
      town.person(known, false);
      assertRefused(ErrorCode.CONFLICT, () -> accept(issued.token(), known));
    }
    assertRefused(ErrorCode.NOT_FOUND, () -> accept(issued.token(), freshEmail()));
    assertThat(accept(resend(issued).token(), freshEmail())).isNotNull();
  }

  private Invite.Issued resend(Invite.Issued issued) {
    return town.invites.resend(boss, issued.invite().id(), UUID.randomUUID());
  }

  @Test
  void resendingKillsTheOldLinkAndEndsLaterAgain() {
    var issued = invite("member", null);
    town.wait(Duration.ofDays(8));
    assertThat(status(issued.invite().id())).isEqualTo("expired");
    assertRefused(ErrorCode.NOT_FOUND, () -> accept(issued.token(), freshEmail()));

    var again = resend(issued);

    assertThat(again.invite().id()).isEqualTo(issued.invite().id());
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.look(issued.token()));
    assertThat(town.acceptances.look(again.token()).role()).isEqualTo("member");
    assertThat(town.actions(workspace)).containsExactly("invites.create", "invites.resend");
  }

  /** A repeated request got no answer the first time: only the token of the last one is good. */
  @Test
  void theSameRequestAgainMakesAnotherTokenForTheSameInvite() {
    UUID id = UUID.randomUUID();
    var wish = new Invite.Wish("viewer", freshEmail(), 3);

    var first = town.invites.create(boss, id, wish);
    var second = town.invites.create(boss, id, wish);

    assertThat(second.invite()).isEqualTo(first.invite());
    assertThat(town.actions(workspace)).containsExactly("invites.create");
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.look(first.token()));
    assertThat(town.acceptances.look(second.token()).role()).isEqualTo("viewer");
  }

  @Test
  void revokingEndsItAndAgainChangesNothing() {
    var issued = invite("member", null);

    town.invites.revoke(boss, issued.invite().id());
    town.invites.revoke(boss, issued.invite().id());

    assertRefused(ErrorCode.NOT_FOUND, () -> accept(issued.token(), freshEmail()));
    assertRefused(ErrorCode.CONFLICT, () -> resend(issued));
    assertThat(town.actions(workspace)).containsExactly("invites.create", "invites.revoke");
  }

  @Test
  void anotherInviteToTheSameAddressReplacesTheFirst() {
    String email = freshEmail();
    var first = invite("member", email);
    var second = invite("viewer", email.toUpperCase());

    assertThat(status(first.invite().id())).isEqualTo("revoked");
    assertThat(status(second.invite().id())).isEqualTo("open");
  }

  @Test
  void nobodyInvitesAboveThemselves() {
    AccountId admin = town.member(workspace, Role.ADMIN);
    var owners = new Invite.Wish("owner", null, null);

    assertRefused(
        ErrorCode.FORBIDDEN,
        () -> town.invites.create(as(workspace, admin, Role.ADMIN), UUID.randomUUID(), owners));
    assertRefused(
        ErrorCode.FORBIDDEN,
        () -> town.invites.create(key(workspace, Role.ADMIN), UUID.randomUUID(), owners));
    assertRefused(
        ErrorCode.FORBIDDEN,
        () ->
            town.invites.resend(
                as(workspace, admin, Role.ADMIN),
                invite("owner", null).invite().id(),
                UUID.randomUUID()));
  }

  @Test
  void theInvitesOfWhoeverIsDemotedOrGoneEndWithThem() {
    AccountId admin = town.member(workspace, Role.ADMIN);
    var issued =
        town.invites.create(
            as(workspace, admin, Role.ADMIN),
            UUID.randomUUID(),
            new Invite.Wish("admin", null, null));

    town.members.change(boss, admin, new MemberChange("viewer", null));

    assertThat(status(issued.invite().id())).isEqualTo("revoked");
    assertRefused(ErrorCode.NOT_FOUND, () -> accept(issued.token(), freshEmail()));
  }

  @Test
  void invitesOfOtherWorkspacesAreNotThere() {
    AccountId stranger = town.person();
    Caller elsewhere = as(town.workspace(stranger), stranger, Role.OWNER);
    UUID id = invite("member", null).invite().id();

    assertRefused(ErrorCode.NOT_FOUND, () -> town.invites.revoke(elsewhere, id));
    assertRefused(ErrorCode.NOT_FOUND, () -> town.invites.resend(elsewhere, id, UUID.randomUUID()));
    assertThat(town.invites.list(elsewhere.workspace(), 9, Optional.empty()).items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0123", "' or 1=1 --", "\u0000", "zz"})
  void whatCannotBeATokenIsAnsweredLikeOneThatIsNotOpen(String token) {
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.look(token));
    assertRefused(ErrorCode.NOT_FOUND, () -> accept(token, freshEmail()));
    assertRefused(ErrorCode.NOT_FOUND, () -> town.acceptances.join(owner, token));
  }

  @Test
  void refusesInvitesForTooLongToNobodyOrAsNothing() {
    assertThatThrownBy(() -> new Invite.Wish("king", null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Invite.Wish("member", null, 31))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Invite.Wish("member", null, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Invite.Wish("member", "a@b.org\r\nBcc: c@d.org", null))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> new Invite.Acceptance("t", "a@b.org", "Ana\u202egro.elpmaxe", Town.PASSWORD))
        .isInstanceOf(Refusal.class);
  }
}
