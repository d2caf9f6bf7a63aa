package io.aragora.workspace;

import static io.aragora.workspace.Town.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Caller;
import io.aragora.access.Role;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.member.MemberChange;
import io.aragora.workspace.member.Transfer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Owners leave in every way there is, all at once: one of them is always left. */
final class LastOwnerRaceTest {
  private static final int OWNERS = 8;

  private final Town town = new Town(TestDatabase.shared());

  @RepeatedTest(25)
  void neverLeavesAWorkspaceWithoutAnOwner(RepetitionInfo round) throws Exception {
    var random = new Random(round.getCurrentRepetition());
    WorkspaceId workspace = town.workspace();
    List<AccountId> owners = new ArrayList<>();
    for (int at = 0; at < OWNERS; at++) {
      owners.add(town.member(workspace, Role.OWNER));
    }
    List<Runnable> works = new ArrayList<>();
    for (int at = 0; at < OWNERS; at++) {
      AccountId self = owners.get(at);
      AccountId other = owners.get(random.nextInt(OWNERS));
      works.add(leaving(random.nextInt(6), as(workspace, self, Role.OWNER), self, other));
      works.add(leaving(random.nextInt(6), as(workspace, self, Role.OWNER), self, self));
    }
    Collections.shuffle(works, random);

    allAtOnce(works);

    assertThat(town.owners(workspace)).isPositive();
  }

  /** Two owners, one moment: exactly the cases in which counting first and acting later fails. */
  @RepeatedTest(40)
  void oneOfTwoStaysWhicheverWayBothGo(RepetitionInfo round) throws Exception {
    AccountId one = town.person();
    AccountId two = town.person();
    WorkspaceId workspace = town.workspace(one, two);
    int ways = round.getCurrentRepetition();

    allAtOnce(
        List.of(
            leaving(ways % 6, as(workspace, one, Role.OWNER), one, one),
            leaving(ways / 6 % 6, as(workspace, two, Role.OWNER), two, two)));

    assertThat(town.owners(workspace)).isPositive();
  }

  private Runnable leaving(int way, Caller caller, AccountId self, AccountId other) {
    return () -> {
      switch (way) {
        case 0 -> town.members.leave(caller);
        case 1 -> town.members.remove(caller, other);
        case 2 -> {
          var unused = town.members.change(caller, other, new MemberChange("viewer", null));
        }
        case 3 -> {
          var unused = town.members.change(caller, other, new MemberChange(null, "deactivated"));
        }
        case 4 -> town.setStatus(other, "DEACTIVATED");
        default -> {
          var unused = town.members.transfer(caller, new Transfer(other.value(), "admin"));
        }
      }
    };
  }

  private static void allAtOnce(List<Runnable> works) throws Exception {
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Runnable work : works) {
        running.add(
            threads.submit(
                () -> {
                  go.await();
                  return run(work);
                }));
      }
      go.countDown();
      for (Future<?> each : running) {
        each.get();
      }
    }
  }

  /** A refusal is right, a lock that had to be given up too; anything else is not. */
  private static boolean run(Runnable work) {
    try {
      work.run();
      return true;
    } catch (Refusal no) {
      assertThat(no.code())
          .isIn(
              ErrorCode.CONFLICT,
              ErrorCode.FORBIDDEN,
              ErrorCode.NOT_FOUND,
              ErrorCode.INVALID_INPUT);
      return false;
    } catch (DatabaseFault fault) {
      assertThat(fault.mayPass()).as(fault.getMessage()).isTrue();
      return false;
    }
  }
}
