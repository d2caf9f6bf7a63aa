package io.aragora.system.node;

import io.aragora.platform.crypto.KeyStatement;
import io.aragora.platform.db.Tx;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a node asks the database about itself: time, schema, and the keys that sign here. */
final class NodeStore {
  // Any constant will do, as long as nothing else in this database locks the same one.
  private static final long FIRST_KEYS = 0x7369676e2d6b6579L;

  Instant now(Tx tx) {
    return tx.one("select clock_timestamp() as now", row -> row.instant("now")).orElseThrow();
  }

  /** The version of the newest migration; nothing where none was ever applied. */
  Optional<String> schema(Tx tx) {
    boolean isThere =
        tx.one(
                "select to_regclass('flyway_schema_history') is not null as there",
                row -> row.flag("there"))
            .orElse(false);
    return isThere
        ? tx.one(
            """
            select version
              from flyway_schema_history
             where success
               and version is not null
             order by installed_rank desc
             limit 1
            """,
            row -> row.text("version"))
        : Optional.empty();
  }

  /** Until this transaction ends no other node may tell its keys. */
  void lockKeys(Tx tx) {
    tx.one("select pg_advisory_xact_lock(?)::text as locked", row -> true, FIRST_KEYS);
  }

  /** Purpose and id of each key that may sign here. */
  Set<String> keys(Tx tx) {
    return new HashSet<>(
        tx.list(
            """
            select purpose || '-' || key_id as name
              from signing_key
            """,
            row -> row.text("name")));
  }

  void addKey(Tx tx, KeyStatement key, Instant now) {
    tx.update(
        """
        insert into signing_key (key_id, purpose, public_key, not_before, known_at)
        values (?, ?, ?, ?, ?)
        """,
        key.keyId(),
        key.purpose().wire(),
        key.key().raw(),
        key.notBefore(),
        now);
  }
}
