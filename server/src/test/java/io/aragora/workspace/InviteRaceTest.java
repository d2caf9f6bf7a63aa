package io.aragora.workspace;

import static io.aragora.workspace.Town.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Caller;
import io.aragora.access.Role;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.invite.Invite;
import io.aragora.workspace.setup.FirstPerson;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** One link, many hands at once: one gets through, and nobody is a member twice. */
final class InviteRaceTest {
  private static final int HANDS = 16;

  private final Town town = new Town(TestDatabase.shared());
  private final AccountId owner = town.person();
  private final WorkspaceId workspace = town.workspace(owner);
  private final Caller boss = as(workspace, owner, Role.OWNER);

  private String token(String role) {
    var wish = new Invite.Wish(role, null, null);
    return town.invites.create(boss, UUID.randomUUID(), wish).token();
  }

  private long members() {
    return town.members.list(workspace, 200, Optional.empty()).items().size();
  }

  @RepeatedTest(5)
  void oneLinkLetsOnePersonIn() throws Exception {
    String token = token("member");
    List<Callable<Object>> works = new ArrayList<>();
    for (int at = 0; at < HANDS; at++) {
      AccountId person = town.person();
      works.add(() -> town.acceptances.join(person, token));
      works.add(() -> stranger(token));
    }

    assertThat(winners(works)).isEqualTo(1);
    assertThat(members()).isEqualTo(2);
  }

  @RepeatedTest(5)
  void manyLinksMakeOnePersonAMemberOnce() throws Exception {
    AccountId person = town.person();
    List<Callable<Object>> works =
        IntStream.range(0, HANDS)
            .mapToObj(at -> token("viewer"))
            .<Callable<Object>>map(token -> () -> town.acceptances.join(person, token))
            .toList();

    assertThat(winners(works)).isEqualTo(1);
    assertThat(members()).isEqualTo(2);
  }

  @RepeatedTest(5)
  void aRevokedLinkLetsNobodyInAfterTheRevocation() throws Exception {
    var issued =
        town.invites.create(boss, UUID.randomUUID(), new Invite.Wish("member", null, null));
    AccountId person = town.person();

    long won =
        winners(
            List.of(
                () -> town.acceptances.join(person, issued.token()),
                () -> {
                  town.invites.revoke(boss, issued.invite().id());
                  return true;
                }));

    assertThat(won).isEqualTo(1);
    String status = town.invites.list(workspace, 1, Optional.empty()).items().getFirst().status();
    assertThat(members()).isEqualTo(status.equals("accepted") ? 2 : 1);
  }

  @Test
  void theSetupLinkMakesOneFirstPerson() throws Exception {
    TestDatabase own = TestDatabase.own();
    var fresh = new Town(own);
    String token = fresh.links.make(URI.create("http://localhost")).orElseThrow().token();
    List<Callable<Object>> works = new ArrayList<>();
    for (int at = 0; at < 6; at++) {
      String email = "p" + at + "@example.org";
      works.add(
          () ->
              fresh.setup.redeem(
                  new AccountId(UUID.randomUUID()),
                  UUID.randomUUID(),
                  new FirstPerson(token, email, "First", Town.PASSWORD)));
    }

    assertThat(winners(works)).isEqualTo(1);
    assertThat(fresh.links.make(URI.create("http://localhost"))).isEmpty();
    own.database().close();
  }

  private Object stranger(String token) {
    return town.acceptances.accept(
        new AccountId(UUID.randomUUID()),
        new Invite.Acceptance(
            token, "s" + UUID.randomUUID() + "@example.org", "Stranger", Town.PASSWORD));
  }

  private static long winners(List<Callable<Object>> works) throws Exception {
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (Callable<Object> work : works) {
        running.add(
            threads.submit(
                () -> {
                  go.await();
                  return won(work);
                }));
      }
      go.countDown();
      long won = 0;
      for (Future<Boolean> each : running) {
        won += each.get() ? 1 : 0;
      }
      return won;
    }
  }

  private static boolean won(Callable<Object> work) throws Exception {
    try {
      Object unused = work.call();
      return true;
    } catch (Refusal no) {
      assertThat(no.code()).isIn(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);
      return false;
    }
  }
}
