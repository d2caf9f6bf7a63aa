package io.aragora.receipt;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Ids;
import io.aragora.kernel.Page;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import io.aragora.transparency.Leaf;
import io.aragora.transparency.TransparencyLog;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Issues the signed record of a decision, hands it out, and checks any such record. */
public final class Receipts {
  private final Database database;
  private final KeyRing keys;
  private final TransparencyLog log;
  private final Issuer issuer;
  private final ReceiptStore store = new ReceiptStore();
  private final Bundles bundles;
  private final LastIssued last = new LastIssued();

  /** {@code name} is how this appliance calls itself in the receipts it issues. */
  public Receipts(Database database, KeyRing keys, TransparencyLog log, Identity identity) {
    this.database = database;
    this.keys = keys;
    this.log = log;
    this.issuer = new Issuer(keys, identity);
    this.bundles = new Bundles(database, store);
  }

  /**
   * What verifying every receipt came to: how many there are, how many of those have words that
   * were erased, how many no signed head covers yet, and the first that is not as it was issued.
   */
  public record Checked(
      long receipts, long erased, long waiting, boolean ok, @Nullable String firstBroken) {}

  /** Who issues, when, and under which ids. */
  public record Identity(String name, Ids ids, InstantSource clock, SecureRandom random) {}

  /**
   * Signs the receipt of an ended debate, chains it to the workspace's last one and adds its leaf;
   * all of it stands or falls with the caller's transaction. A second receipt of one debate is
   * refused.
   */
  public Issued issue(Tx tx, WorkspaceId workspace, Decision decision) {
    Issuer.Draft draft = issuer.draft(decision);
    ReceiptStore.Link link = store.takePlace(tx, workspace);
    Issuer.Signed signed = issuer.sign(draft, link);
    StoredReceipt receipt = signed.receipt();
    store.insert(tx, workspace, receipt, signed.disclosures());
    last.remember(workspace, receipt.id());
    Leaf leaf = log.append(tx, workspace, receipt.id(), Sha256.ofHex(receipt.payloadSha256()));
    return new Issued(
        receipt.id(), receipt.debate(), receipt.issuedAt(), receipt.payloadSha256(), leaf.index());
  }

  /** The receipt with everything needed to check it offline. */
  public ReceiptBundle read(WorkspaceId workspace, ReceiptId id) {
    return bundles.read(workspace, id, keys.publicKeys());
  }

  /** The receipt of a debate, where it has one. */
  public Optional<ReceiptId> ofDebate(WorkspaceId workspace, DebateId debate) {
    return database.inTransaction(workspace, tx -> store.findByDebate(tx, debate));
  }

  /** The workspace's receipts, newest first. */
  public Page<ReceiptSummary> list(WorkspaceId workspace, int limit, Optional<String> cursor) {
    long below = cursor.map(Receipts::height).orElse(Long.MAX_VALUE);
    List<ReceiptStore.Line> lines =
        database.inTransaction(workspace, tx -> store.below(tx, below, limit + 1));
    boolean isLast = lines.size() <= limit;
    List<ReceiptStore.Line> shown = isLast ? lines : lines.subList(0, limit);
    String next = isLast ? null : Long.toString(shown.getLast().height());
    return new Page<>(shown.stream().map(ReceiptStore.Line::summary).toList(), next);
  }

  /** The receipt in one form; the same receipt and key give the same bytes. */
  public byte[] export(WorkspaceId workspace, ReceiptId id, ReceiptFormat format) {
    return database.inTransaction(
        workspace,
        tx -> {
          StoredReceipt receipt = bundles.find(tx, id);
          return switch (format) {
            case JSON -> receipt.envelope();
            case JWS -> receipt.jws().getBytes(StandardCharsets.US_ASCII);
            case ODR -> issuer.odr(content(tx, receipt), receipt.payloadSha256());
            case MD ->
                new MarkdownReceipt(content(tx, receipt), receipt.payloadSha256())
                    .render()
                    .getBytes(StandardCharsets.UTF_8);
          };
        });
  }

  /**
   * What keeps this node from issuing receipts that others can check, or nothing: the log, the
   * published key, and the last receipt this node issued are looked at.
   */
  public Optional<String> fault() {
    if (!log.status().isOpen()) {
      return Optional.of("the transparency log takes no leaves: " + log.status().closedBecause());
    }
    String active = keys.receiptSigner().key().keyId();
    if (keys.publicKeys().find(KeyPurpose.RECEIPT, active).isEmpty()) {
      return Optional.of("the signing key is not among the published keys");
    }
    return last.fault(this);
  }

  /** Checks every receipt of these workspaces, and that none is missing, in a database. */
  public static Checked verifyAll(
      Database database, PublicKeys keys, List<WorkspaceId> workspaces) {
    return new ReceiptsCheck(database, keys).run(workspaces);
  }

  /** Checks a receipt file against this appliance's own keys. */
  public Verification verify(byte[] file) {
    return new Verifier(keys.publicKeys()).verify(file);
  }

  private ReceiptContent content(Tx tx, StoredReceipt receipt) {
    return ReceiptContent.of(receipt.payload(), store.disclosures(tx, receipt.id()));
  }

  private static long height(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException bad) {
      throw Refusal.of(ErrorCode.INVALID_QUERY, "cursor is not one this list gave");
    }
  }
}
