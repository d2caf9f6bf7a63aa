package io.aragora.audit.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.audit.AuditRow;
import io.aragora.audit.desk.AuditVerdict.Broken;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.db.Tx;
import io.aragora.platform.merkle.Checkpoint;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a superuser may do to the rows of the audit log, and what must be said of it. */
final class Tampering {
  /** The ways, each used as often as the others. */
  enum Kind {
    EDIT_COLUMN,
    EDIT_WITH_FORGED_HASHES,
    ERASE_UNSAID,
    ERASE_PARTLY,
    MOVE_TO_OTHER_WORKSPACE,
    DELETE_ENTRY,
    DELETE_LEAF,
    DELETE_AND_CLOSE_THE_GAP,
    EDIT_LEAF_HASH,
    SWAP_ENTRIES_OF_LEAVES,
    SWAP_PLACES,
    INSERT_ENTRY,
    INSERT_AND_SHIFT,
    TRUNCATE,
    EDIT_CHECKPOINT,
    DELETE_CHECKPOINT,
    SWAP_CHECKPOINTS,
    FORGE_CHECKPOINT,
    EDIT_NODE,
    DELETE_NODE,
    INSERT_NODE,
    EDIT_WAITING,
    DELETE_WAITING,
    DELETE_WAITING_ENTRY
  }

  static final List<Kind> KINDS = List.of(Kind.values());

  /** Text columns that may be changed to any other text. */
  private static final List<String> TEXTS =
      List.of(
          "action",
          "target_kind",
          "target_id",
          "actor_kind",
          "request_id",
          "before_sha256",
          "after_sha256",
          "address",
          "detail");

  private final List<UUID> placed;
  private final int afterForgetting;
  private final WorkspaceId own;
  private final WorkspaceId other;

  /** The entry before {@code afterForgetting} lets words be gone: without it others break first. */
  Tampering(List<UUID> placed, int afterForgetting, WorkspaceId own, WorkspaceId other) {
    this.placed = placed;
    this.afterForgetting = afterForgetting;
    this.own = own;
    this.other = other;
  }

  /** Which place or entry must be named; none where it is a head or a kept hash that is wrong. */
  record Expected(@Nullable UUID entry, @Nullable Long index, boolean among) {
    static final Expected ANYTHING = new Expected(null, null, false);

    void assertNamed(@Nullable Broken found, String what) {
      Broken broken = Objects.requireNonNull(found, what);
      if (entry != null) {
        assertThat(broken.entryId()).as(what).isEqualTo(entry);
      }
      if (index != null && among && broken.until() != null) {
        assertThat(broken.index()).as(what).isLessThanOrEqualTo(index);
        assertThat(broken.until()).as(what).isGreaterThan(index);
      } else if (index != null) {
        assertThat(broken.index()).as(what).isEqualTo(index);
      }
    }
  }

  Expected apply(Kind kind, Tx tx, Random random) {
    int at = any(random);
    UUID entry = placed.get(at);
    var exactly = new Expected(entry, (long) at, false);
    var among = new Expected(null, (long) at, true);
    return switch (kind) {
      case EDIT_COLUMN -> {
        editColumn(tx, entry, random);
        yield exactly;
      }
      case EDIT_WITH_FORGED_HASHES -> {
        forge(tx, entry);
        yield among;
      }
      case ERASE_UNSAID -> eraseUnsaid(tx, random);
      case ERASE_PARTLY -> erasePartly(tx, random);
      case MOVE_TO_OTHER_WORKSPACE -> {
        must(
            tx.update(
                """
                update audit_entry
                   set workspace_id = case when workspace_id = ? then ? else ?::uuid end
                 where entry_id = ?
                """,
                own.value(),
                other.value(),
                own.value(),
                entry));
        yield exactly;
      }
      case DELETE_ENTRY -> {
        must(tx.update("delete from audit_entry where entry_id = ?", entry));
        yield exactly;
      }
      case DELETE_LEAF -> {
        must(tx.update("delete from audit_leaf where entry_id = ?", entry));
        yield exactly;
      }
      case DELETE_AND_CLOSE_THE_GAP -> {
        must(tx.update("delete from audit_entry where entry_id = ?", entry));
        must(tx.update("delete from audit_leaf where entry_id = ?", entry));
        shift(tx, at, -1);
        yield among;
      }
      case EDIT_LEAF_HASH -> {
        must(
            tx.update(
                "update audit_leaf set leaf_hash = sha256(leaf_hash) where entry_id = ?", entry));
        yield exactly;
      }
      case SWAP_ENTRIES_OF_LEAVES -> {
        int second = other(at, random);
        swap(tx, "entry_id", at, second);
        int first = Math.min(at, second);
        yield new Expected(placed.get(Math.max(at, second)), (long) first, false);
      }
      case SWAP_PLACES -> {
        int second = other(at, random);
        swap(tx, "entry_id", at, second);
        swap(tx, "leaf_hash", at, second);
        yield new Expected(null, (long) Math.min(at, second), true);
      }
      case INSERT_ENTRY -> {
        UUID slipped = copy(tx, entry);
        yield new Expected(slipped, null, false);
      }
      case INSERT_AND_SHIFT -> {
        UUID slipped = copy(tx, entry);
        shift(tx, at, 1);
        forge(tx, slipped);
        must(
            tx.update(
                """
                insert into audit_leaf (leaf_index, entry_id, leaf_hash)
                select ?, entry_id, sha256('\\x00'::bytea || body)
                  from audit_entry
                 where entry_id = ?
                """,
                at,
                slipped));
        yield among;
      }
      case TRUNCATE -> {
        int left = Math.max(at, afterForgetting);
        truncate(tx, left);
        yield new Expected(null, (long) left, true);
      }
      default -> {
        aside(kind, tx, random);
        yield Expected.ANYTHING;
      }
    };
  }

  /** Heads, kept hashes and what waits for a place. */
  private static void aside(Kind kind, Tx tx, Random random) {
    switch (kind) {
      case EDIT_CHECKPOINT -> {
        long size = size(tx, random);
        byte[] note = note(tx, size);
        note[random.nextInt(note.length)] ^= (byte) (1 << random.nextInt(7));
        must(tx.update("update audit_checkpoint set note = ? where tree_size = ?", note, size));
      }
      case DELETE_CHECKPOINT ->
          must(tx.update("delete from audit_checkpoint where tree_size = ?", size(tx, random)));
      case SWAP_CHECKPOINTS -> {
        long one = size(tx, random);
        long two = size(tx, random);
        while (two == one) {
          two = size(tx, random);
        }
        byte[] first = note(tx, one);
        byte[] second = note(tx, two);
        must(tx.update("update audit_checkpoint set note = ? where tree_size = ?", second, one));
        must(tx.update("update audit_checkpoint set note = ? where tree_size = ?", first, two));
      }
      case FORGE_CHECKPOINT -> {
        long size = size(tx, random);
        byte[] note =
            Checkpoint.unverified(note(tx, size)).sign(Signer.generate(new SecureRandom()));
        must(tx.update("update audit_checkpoint set note = ? where tree_size = ?", note, size));
      }
      case EDIT_NODE -> must(tx.update("update audit_node set hash = sha256(hash)"));
      case DELETE_NODE -> must(tx.update("delete from audit_node"));
      case INSERT_NODE ->
          must(
              tx.update(
                  "insert into audit_node select tile_level, node_index + 1, hash from audit_node"));
      case EDIT_WAITING ->
          must(
              tx.update(
                  """
                  update audit_pending
                     set leaf_hash = sha256(leaf_hash)
                   where entry_id = (select min(entry_id::text) from audit_pending)::uuid
                  """));
      case DELETE_WAITING -> must(tx.update("delete from audit_pending"));
      case DELETE_WAITING_ENTRY ->
          must(
              tx.update(
                  """
                  delete
                    from audit_entry
                   where entry_id = (select max(entry_id::text) from audit_pending)::uuid
                  """));
      default -> throw new IllegalArgumentException(kind.name());
    }
  }

  static void truncate(Tx tx, long size) {
    tx.update(
        """
        delete
          from audit_entry
         where entry_id in (select entry_id from audit_leaf where leaf_index >= ?)
            or entry_id in (select entry_id from audit_pending)
        """,
        size);
    tx.update("delete from audit_pending");
    tx.update("delete from audit_leaf where leaf_index >= ?", size);
    tx.update("delete from audit_checkpoint where tree_size > ?", size);
    tx.update("delete from audit_node where (node_index + 1) * 256 > ?", size);
  }

  private void editColumn(Tx tx, UUID entry, Random random) {
    switch (random.nextInt(TEXTS.size() + 5)) {
      case 0 ->
          must(
              tx.update(
                  "update audit_entry set at = at + interval '1 ms' where entry_id = ?", entry));
      case 1 ->
          must(
              tx.update(
                  """
                  update audit_entry
                     set outcome = case outcome when 'done' then 'refused' else 'done' end
                   where entry_id = ?
                  """,
                  entry));
      case 2 ->
          must(
              tx.update(
                  "update audit_entry set actor_id = ? where entry_id = ?",
                  new UUID(random.nextLong(), random.nextLong()),
                  entry));
      case 3 ->
          must(
              tx.update(
                  "update audit_entry set salt = sha256(coalesce(salt, '')) where entry_id = ?",
                  entry));
      case 4 -> flipBody(tx, entry, random);
      default ->
          must(
              tx.update(
                  "update audit_entry set %1$s = coalesce(%1$s, '') || 'x' where entry_id = ?"
                      .formatted(TEXTS.get(random.nextInt(TEXTS.size()))),
                  entry));
    }
  }

  private static void flipBody(Tx tx, UUID entry, Random random) {
    byte[] body = row(tx, entry).body().clone();
    body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(7));
    must(tx.update("update audit_entry set body = ? where entry_id = ?", body, entry));
  }

  /** Rewrites an entry so that it is whole in itself: columns, body and leaf agree. */
  private static void forge(Tx tx, UUID entry) {
    String text = new String(row(tx, entry).body(), StandardCharsets.UTF_8);
    byte[] body =
        text.replace("\"action\":\"budget.set\"", "\"action\":\"budget.get\"")
            .replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + entry + "\"")
            .getBytes(StandardCharsets.UTF_8);
    must(
        tx.update(
            "update audit_entry set action = 'budget.get', body = ? where entry_id = ?",
            body,
            entry));
    assertThat(row(tx, entry).fault()).as("the forgery is a good one").isEmpty();
    tx.update(
        "update audit_leaf set leaf_hash = sha256('\\x00'::bytea || ?) where entry_id = ?",
        body,
        entry);
  }

  private Expected eraseUnsaid(Tx tx, Random random) {
    int at = withWords(tx, random);
    must(
        tx.update(
            """
            update audit_entry
               set address = null, detail = null, salt = null
             where entry_id = ?
            """,
            placed.get(at)));
    return new Expected(placed.get(at), (long) at, false);
  }

  private Expected erasePartly(Tx tx, Random random) {
    int at = withWords(tx, random);
    String column = List.of("address", "detail", "salt").get(random.nextInt(3));
    must(
        tx.update(
            "update audit_entry set %s = null where entry_id = ?".formatted(column),
            placed.get(at)));
    return new Expected(placed.get(at), (long) at, false);
  }

  private int any(Random random) {
    int at = random.nextInt(placed.size() - 2);
    return at == afterForgetting - 1 ? at + 1 : at;
  }

  private int withWords(Tx tx, Random random) {
    int at = any(random);
    while (row(tx, placed.get(at)).isErased()) {
      at = any(random);
    }
    return at;
  }

  /** A second entry of the same content, right behind the first by its id. */
  private static UUID copy(Tx tx, UUID entry) {
    var id = new UUID(entry.getMostSignificantBits(), entry.getLeastSignificantBits() + 1);
    must(
        tx.update(
            """
            insert into audit_entry
            select ?, workspace_id, at, action, target_kind, target_id, outcome, actor_kind,
                   actor_id, request_id, before_sha256, after_sha256, address, detail, salt, body
              from audit_entry
             where entry_id = ?
            """,
            id,
            entry));
    return id;
  }

  private static void shift(Tx tx, long from, int by) {
    tx.update(
        "update audit_leaf set leaf_index = leaf_index + 1000000 + ? where leaf_index >= ?",
        by,
        from);
    tx.update("update audit_leaf set leaf_index = leaf_index - 1000000 where leaf_index >= 900000");
  }

  private static void swap(Tx tx, String column, long one, long two) {
    // The id is unique, so both change in one statement by way of an id of nobody.
    if (column.equals("entry_id")) {
      UUID first = entryAt(tx, one);
      UUID second = entryAt(tx, two);
      place(tx, one, new UUID(1, 1));
      place(tx, two, first);
      place(tx, one, second);
    } else {
      must(
          tx.update(
                  """
                  update audit_leaf as leaf
                     set leaf_hash = twin.leaf_hash
                    from audit_leaf as twin
                   where (leaf.leaf_index = ? and twin.leaf_index = ?)
                      or (leaf.leaf_index = ? and twin.leaf_index = ?)
                  """,
                  one,
                  two,
                  two,
                  one)
              / 2);
    }
  }

  private static UUID entryAt(Tx tx, long index) {
    return tx.one(
            "select entry_id from audit_leaf where leaf_index = ?",
            row -> row.uuid("entry_id"),
            index)
        .orElseThrow();
  }

  private static void place(Tx tx, long index, UUID entry) {
    must(tx.update("update audit_leaf set entry_id = ? where leaf_index = ?", entry, index));
  }

  private int other(int at, Random random) {
    int second = any(random);
    while (second == at) {
      second = any(random);
    }
    return second;
  }

  private static long size(Tx tx, Random random) {
    List<Long> sizes =
        tx.list("select tree_size from audit_checkpoint", row -> row.number("tree_size"));
    return sizes.get(random.nextInt(sizes.size()));
  }

  private static byte[] note(Tx tx, long size) {
    return tx.one(
            "select note from audit_checkpoint where tree_size = ?", row -> row.bytes("note"), size)
        .orElseThrow();
  }

  private static AuditRow row(Tx tx, UUID entry) {
    return tx.one(
            "select %s from audit_entry as entry where entry_id = ?"
                .formatted(AuditDeskStore.COLUMNS),
            AuditDeskStore::entry,
            entry)
        .orElseThrow();
  }

  private static void must(int changed) {
    assertThat(changed).as("rows that the tampering changed").isPositive();
  }
}
