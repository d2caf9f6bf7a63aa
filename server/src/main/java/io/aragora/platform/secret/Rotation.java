package io.aragora.platform.secret;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Changes keys while nodes run, in steps that can each be repeated. A data key is under the old and
 * the new master key until the old one is retired, so that no node ever meets one it cannot open,
 * as long as it gets the new file before that.
 */
public final class Rotation {
  private static final int PAGE = 100;

  private final Parts parts;
  private final SecretBox box;
  private final List<SealedRows> rows;

  Rotation(Parts parts, SecretBox box, List<SealedRows> rows) {
    this.parts = parts;
    this.box = box;
    this.rows = List.copyOf(rows);
  }

  /** What is done, in this order. */
  public enum Step {
    /** Makes the file of the next master key. */
    MAKE,
    /** Wraps all data keys with the newest master key too. */
    REWRAP,
    /** Makes the older master keys useless: from now on every node needs the newest. */
    RETIRE,
    /** Makes new data keys and seals every row again. */
    RENEW
  }

  /** What came of it: the newest master key's version, keys wrapped anew, rows sealed anew. */
  public record Done(int version, int keys, int rows) {}

  /** What a rotation works on. */
  record Parts(
      Database database,
      SecretKeyStore store,
      MasterKeys masters,
      DataKeys keys,
      InstantSource clock) {}

  public Done run(Set<Step> steps) {
    if (steps.contains(Step.MAKE)) {
      make();
    }
    int keys = steps.contains(Step.REWRAP) ? rewrap() : 0;
    if (steps.contains(Step.RETIRE)) {
      keys += retire();
    }
    int sealed = steps.contains(Step.RENEW) ? renew() : 0;
    return new Done(newest().version(), keys, sealed);
  }

  /** Tells all nodes of a master key, or refuses when they know another under this version. */
  static void add(
      Database database, SecretKeyStore store, MasterKeys.Master master, InstantSource clock) {
    var told = new SecretKeyStore.KnownMaster(master.version(), master.print());
    database.inSystemTransaction(
        tx -> {
          store.addMaster(tx, told, clock.instant());
          return true;
        });
  }

  private void make() {
    if (known().size() > 1) {
      throw new SecretFault(
          "the last rotation is not finished: copy %s to every node, then run \"aragora key rotate --finish\""
              .formatted(parts.masters().path(known().getFirst().version())));
    }
    parts
        .masters()
        .locked(
            () -> {
              int told = parts.database().inSystemTransaction(parts.store()::highestMaster);
              int version = Math.max(told, parts.masters().newest()) + 1;
              add(parts.database(), parts.store(), parts.masters().make(version), parts.clock());
            });
  }

  private int rewrap() {
    MasterKeys.Master newest = newest();
    return each(holder -> in(holder, tx -> parts.keys().rewrap(tx, holder, newest)));
  }

  /** After the retirement nobody wraps with an old key; what came in before is wrapped again. */
  private int retire() {
    MasterKeys.Master newest = newest();
    parts
        .database()
        .inSystemTransaction(
            tx -> {
              parts.store().retireMastersBefore(tx, newest.version(), parts.clock().instant());
              return true;
            });
    int late = rewrap();
    int unused =
        each(
            holder ->
                in(
                    holder,
                    tx -> {
                      parts.store().dropOld(tx, holder, newest.version());
                      return 0;
                    }));
    return late + unused;
  }

  private int renew() {
    int sealed =
        each(
            holder -> {
              in(
                  holder,
                  tx -> {
                    parts.keys().renew(tx, holder);
                    return true;
                  });
              return holder.equals(SecretBox.OWN) ? 0 : reseal(holder);
            });
    box.refresh();
    return sealed + resealPeople();
  }

  private int reseal(WorkspaceId workspace) {
    int all = 0;
    for (SealedRows each : rows) {
      for (int done = PAGE; done == PAGE; ) {
        done = in(workspace, tx -> each.reseal(tx, workspace, box, PAGE));
        all += done;
      }
    }
    return all;
  }

  private int resealPeople() {
    var all = new AtomicInteger();
    var last = new UUID(0, 0);
    for (List<AccountId> page; !(page = people(last)).isEmpty(); ) {
      for (AccountId person : page) {
        for (SealedRows each : rows) {
          all.addAndGet(
              parts.database().inAccountTransaction(person, tx -> each.resealOf(tx, person, box)));
        }
      }
      last = page.getLast().value();
    }
    return all.get();
  }

  private List<AccountId> people(UUID after) {
    return parts.database().inSystemTransaction(tx -> parts.store().accounts(tx, after, PAGE));
  }

  /** Does work for everybody who has data keys; first for the appliance itself, whose id is 0. */
  private int each(ToIntFunction<WorkspaceId> work) {
    int sum = work.applyAsInt(SecretBox.OWN);
    for (UUID last = SecretBox.OWN.value(); ; ) {
      UUID after = last;
      List<WorkspaceId> page =
          parts.database().inSystemTransaction(tx -> parts.store().holders(tx, after, PAGE));
      if (page.isEmpty()) {
        return sum;
      }
      sum += page.stream().mapToInt(work).sum();
      last = page.getLast().value();
    }
  }

  private <T> T in(WorkspaceId workspace, Function<Tx, T> work) {
    return parts.database().inTransaction(workspace, work);
  }

  private List<SecretKeyStore.KnownMaster> known() {
    return parts.database().inSystemTransaction(parts.store()::masters);
  }

  private MasterKeys.Master newest() {
    SecretKeyStore.KnownMaster known = known().getFirst();
    Optional<MasterKeys.Master> here = parts.masters().find(known.version());
    return here.filter(each -> each.print().equals(known.print()))
        .orElseThrow(
            () ->
                new KeyFault(
                    "%s is missing here or not the key the other nodes know: copy it from where it was made"
                        .formatted(parts.masters().path(known.version()))));
  }
}
