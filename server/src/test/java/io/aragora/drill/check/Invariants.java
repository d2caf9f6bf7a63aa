package io.aragora.drill.check;

import io.aragora.drill.history.History;
import io.aragora.drill.history.Operation.OpenAcknowledged;
import io.aragora.drill.history.Operation.ReceiptRead;
import io.aragora.drill.history.PaidCall;
import io.aragora.event.ChainCheck;
import io.aragora.event.EventLog;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Refusal;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.db.Row;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.TransparencyLog;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds at every time in every database, looked at as the superuser: I1 to I8. */
public final class Invariants {
  private final Database database;
  private final KeyRing keys;

  public Invariants(Database database, KeyRing keys) {
    this.database = database;
    this.keys = keys;
  }

  /** The same where the model server kept no record: the books are held against themselves. */
  public Map<String, String> check(History history) {
    Map<String, String> found = check(history, Map.of());
    found.put("I1", words(Money.sums(database)));
    return found;
  }

  /** Each invariant by name, and {@code ok} or what breaks it. */
  public Map<String, String> check(History history, Map<String, List<PaidCall>> paid) {
    var found = new LinkedHashMap<String, String>();
    found.put("I1", finding(() -> moneyAddsUp(paid)));
    found.put("I2", finding(() -> Money.caps(database)));
    found.put("I3", finding(this::closedHaveReceipts));
    found.put("I4", finding(this::leavesAreDense));
    found.put("I5", finding(this::checkpointsAgree));
    found.put("I7", finding(() -> acknowledgedIsPresent(history)));
    found.put("I8", finding(this::nothingIsLeft));
    found.put("chains", finding(this::chainsHold));
    return found;
  }

  /** What is so broken that it cannot even be looked at is broken. */
  private static String finding(Supplier<List<String>> look) {
    try {
      return words(look.get());
    } catch (IllegalStateException | Refusal | DatabaseFault broken) {
      return "cannot be checked: " + broken.getMessage();
    }
  }

  static String words(List<String> faults) {
    return faults.isEmpty()
        ? "ok"
        : faults.size() + " wrong: " + faults.stream().limit(5).collect(Collectors.joining("; "));
  }

  private List<String> moneyAddsUp(Map<String, List<PaidCall>> paid) {
    return Stream.of(Money.sums(database), Money.charges(database, paid))
        .flatMap(List::stream)
        .toList();
  }

  private List<String> closedHaveReceipts() {
    return list(
        """
        select d.debate_id,
               d.state,
               (select count(*) from receipt r where r.debate_id = d.debate_id) as receipts,
               (select count(*)
                  from receipt r join log_leaf l on l.receipt_id = r.receipt_id
                 where r.debate_id = d.debate_id) as leaves
          from debate d
        """,
        row -> {
          long wanted = row.text("state").equals("closed") ? 1 : 0;
          return row.number("receipts") == wanted && row.number("leaves") == wanted
              ? ""
              : "%s debate %s has %d receipts and %d leaves"
                  .formatted(
                      row.text("state"),
                      row.uuid("debate_id"),
                      row.number("receipts"),
                      row.number("leaves"));
        });
  }

  private List<String> leavesAreDense() {
    return list(
        """
        select o.name, o.size, count(l.leaf_index) as leaves,
               coalesce(max(l.leaf_index) + 1, 0) as until
          from log_origin o
          left join log_leaf l on l.origin_no = o.origin_no
         group by o.name, o.size
        """,
        row ->
            row.number("leaves") == row.number("size") && row.number("until") == row.number("size")
                ? ""
                : "log %s of size %d has %d leaves up to %d"
                    .formatted(
                        row.text("name"),
                        row.number("size"),
                        row.number("leaves"),
                        row.number("until")));
  }

  /** Each signed head is that of its leaves and is proved to continue the one before. */
  private List<String> checkpointsAgree() {
    List<byte[]> notes =
        database.inSystemTransaction(
            tx ->
                tx.list(
                    "select note from log_checkpoint order by origin_no, tree_size",
                    row -> row.bytes("note")));
    List<VerifyKey> trusted = keys.publicKeys().keys(KeyPurpose.CHECKPOINT);
    try (var log =
        new TransparencyLog(
            database,
            keys,
            LogSettings.in(Path.of("/nonexistent"), "drill/check"),
            InstantSource.system(),
            new SecureRandom())) {
      var heads = notes.stream().map(note -> Checkpoint.open(note, trusted)).toList();
      var leaves = LeafRoot.in(database);
      return Stream.concat(
              heads.stream()
                  .filter(head -> !head.root().equals(leaves.of(head.size())))
                  .map(head -> "head %s is not that of its leaves".formatted(head)),
              Stream.iterate(1, at -> at < heads.size(), at -> at + 1)
                  .filter(at -> !continues(log, heads.get(at - 1), heads.get(at)))
                  .map(
                      at ->
                          "head %s does not continue %s"
                              .formatted(heads.get(at), heads.get(at - 1))))
          .toList();
    } catch (VerificationFault forged) {
      return List.of("a checkpoint is not signed by our key: " + forged.getMessage());
    }
  }

  private static boolean continues(TransparencyLog log, Checkpoint before, Checkpoint after) {
    return log.consistency(before.size(), after.size()).verifies(before.root(), after.root());
  }

  private List<String> acknowledgedIsPresent(History history) {
    Set<UUID> debates = ids("select debate_id as id from debate");
    Set<UUID> receipts = ids("select receipt_id as id from receipt");
    return Stream.concat(
            history
                .of(OpenAcknowledged.class)
                .filter(each -> !debates.contains(each.debate()))
                .map(each -> "debate " + each.debate() + " was acknowledged and is gone"),
            history
                .of(ReceiptRead.class)
                .filter(each -> !receipts.contains(each.receipt()))
                .map(each -> "receipt " + each.receipt() + " was read and is gone"))
        .toList();
  }

  private List<String> nothingIsLeft() {
    Map<String, Long> left = new TreeMap<>();
    left.put("jobs", count("select count(*) as n from scheduled_tasks where task_name = 'debate'"));
    left.put("open calls", count("select count(*) as n from debate_call where not ended"));
    left.put("open debates", count("select count(*) as n from debate where state <> 'closed'"));
    left.put("open holds", count("select count(*) as n from reservation where state = 'open'"));
    return left.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(each -> each.getValue() + " " + each.getKey() + " are left")
        .toList();
  }

  private List<String> chainsHold() {
    var events = new EventLog(InstantSource.system());
    return ids("select debate_id as id from debate").stream()
        .flatMap(
            id ->
                switch (database.inSystemTransaction(
                    tx -> events.verifyChain(tx, new DebateId(id)))) {
                  case ChainCheck.Intact intact -> Stream.<String>empty();
                  case ChainCheck.Broken broken -> Stream.of("debate " + id + ": " + broken);
                })
        .toList();
  }

  private Set<UUID> ids(String sql) {
    return new HashSet<>(database.inSystemTransaction(tx -> tx.list(sql, row -> row.uuid("id"))));
  }

  private long count(String sql) {
    return database.inSystemTransaction(tx -> tx.one(sql, row -> row.number("n")).orElseThrow());
  }

  private List<String> list(String sql, Function<Row, String> fault) {
    return database.inSystemTransaction(tx -> tx.list(sql, fault::apply)).stream()
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
