package io.aragora.access.account;

import io.aragora.platform.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of failed attempts. */
final class AttemptStore {
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  /**
   * What is counted under one name: {@code free} failures cost nothing, each further one doubles
   * the time until the next, up to {@code longest}.
   */
  record Bucket(String name, int free, Duration longest) {}

  /** Counts an attempt, unless it must wait: of many at once only as many pass as are free. */
  boolean enter(Tx tx, Bucket bucket, Instant now) {
    Instant old = now.minus(FORGOTTEN);
    return tx.update(
            """
            insert into login_attempt as a (bucket, failures, last_at, free_at)
            values (?, 1, ?, ?)
                on conflict (bucket) do update
               set failures = case when a.last_at < ? then 1 else least(a.failures + 1, 1000) end,
                   last_at = excluded.last_at,
                   free_at = excluded.last_at
                     + case
                         when a.last_at < ? or a.failures < ? then interval '0'
                         else make_interval(
                           secs => least(?::double precision,
                                         power(2::double precision, least(a.failures + 1 - ?, 20))))
                       end
             where a.free_at <= excluded.last_at
            """,
            bucket.name(),
            now,
            now,
            old,
            old,
            bucket.free(),
            bucket.longest().toSeconds(),
            bucket.free())
        == 1;
  }

  /** From when on the next attempt is looked at, if that is later than now. */
  Optional<Instant> blockedUntil(Tx tx, String bucket, Instant now) {
    return tx.one(
        """
        select free_at
          from login_attempt
         where bucket = ?
           and free_at > ?
        """,
        row -> row.instant("free_at"),
        bucket,
        now);
  }

  /** Takes back an attempt that was counted and was no failure. */
  void giveBack(Tx tx, String bucket) {
    tx.update(
        """
        update login_attempt
           set failures = greatest(failures - 1, 0), free_at = last_at
         where bucket = ?
        """,
        bucket);
  }

  void clear(Tx tx, List<String> buckets) {
    tx.update(
        """
        delete from login_attempt
         where bucket = any (?)
        """,
        (Object) buckets.stream().sorted().toArray(String[]::new));
  }

  /** Forgets some of those that say nothing any more. */
  void sweep(Tx tx, Instant now) {
    tx.update(
        """
        delete from login_attempt
         where bucket in (select bucket
                            from login_attempt
                           where last_at < ?
                           limit 100
                             for update skip locked)
        """,
        now.minus(FORGOTTEN));
  }
}
