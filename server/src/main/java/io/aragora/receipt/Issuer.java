package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.Base64Text;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.crypto.Disclosures;
import io.aragora.platform.crypto.Dsse;
import io.aragora.platform.crypto.Jws;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.Signer;
import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.Check;
import io.aragora.receipt.verify.Verifier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a decision into signed bytes; needs keys and a clock, and no database. */
final class Issuer {
  private static final String JWS_TYPE = "decision-receipt+jws";

  private final KeyRing keys;
  private final Receipts.Identity identity;
  private final Disclosures salted;

  Issuer(KeyRing keys, Receipts.Identity identity) {
    this.keys = keys;
    this.identity = identity;
    this.salted = new Disclosures(identity.random());
  }

  /** A receipt ready to be stored. */
  record Signed(StoredReceipt receipt, List<Disclosure> disclosures) {
    Signed {
      disclosures = List.copyOf(disclosures);
    }
  }

  /** A decision written out and counted again, but for its place in the chain. */
  record Draft(Decision decision, Statement statement, ReceiptId id) {}

  Draft draft(Decision decision) {
    Statement statement = Statement.of(decision, salted);
    var id = new ReceiptId(identity.ids().next());
    // Written and read again, for the count is that of a reader.
    refuseUnverifiable(Json.tree(Json.bytes(statement.tree(heading(id, null)))));
    return new Draft(decision, statement, id);
  }

  /** Signs a draft at its place; the whole chain waits, so all else was done before. */
  Signed sign(Draft draft, ReceiptStore.Link link) {
    Signer signer = keys.receiptSigner();
    Decision decision = draft.decision();
    ReceiptId id = draft.id();
    Statement.Heading heading = heading(id, link.previous());
    Statement.Written written = draft.statement().under(heading);
    byte[] payload = written.payload();
    var receipt =
        new StoredReceipt(
            id,
            decision.debate(),
            link.height(),
            heading.issuedAt(),
            decision.ending().conclusion().outcome().name(),
            decision.ending().conclusion().verdict().orElse(null),
            verdictPath(decision),
            decision.isRehearsal(),
            Sha256.of(payload).hex(),
            payload,
            Dsse.sign(Statement.PAYLOAD_TYPE, payload, signer).bytes(),
            Jws.sign(JWS_TYPE, payload, signer).compact());
    return new Signed(receipt, written.disclosures());
  }

  /** The Open Decision Receipt of a stored receipt, signed with the key now in force. */
  byte[] odr(ReceiptContent content, String payloadSha256) {
    Signer signer = keys.receiptSigner();
    ObjectNode odr = new OdrDocument(content, payloadSha256).unsigned();
    ObjectNode entry =
        Json.object()
            .put("alg", "Ed25519")
            .put("key_id", signer.key().odrKeyId())
            .put("issuer", identity.name())
            .put("role", "emitter");
    ObjectNode signed =
        Json.object()
            .put("odr_digest", Sha256.of(CanonicalJson.bytes(odr)).hex())
            .put("odr_signature_input", OdrDocument.VERSION);
    signed.set("protected", entry.deepCopy());
    entry.put("signature", Base64Text.encode(signer.sign(CanonicalJson.bytes(signed))));
    odr.putArray("signatures").add(entry);
    return CanonicalJson.bytes(odr);
  }

  private Statement.Heading heading(ReceiptId id, @Nullable String previous) {
    Instant now = identity.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return new Statement.Heading(id, now, identity.name(), deployment(), previous);
  }

  /** What our own verifier would call invalid is never signed: it would be a lie with a seal. */
  private static void refuseUnverifiable(JsonNode statement) {
    for (Check check : Verifier.countAgain(statement)) {
      if (check.state() == Check.State.FAILED) {
        throw new IllegalStateException(
            "a receipt that would not verify is not signed: " + check.step() + ": " + check.text());
      }
    }
  }

  /** The thumbprint of this appliance's first receipt key: it stays when keys rotate. */
  private String deployment() {
    return keys.publicKeys().keys(KeyPurpose.RECEIPT).getFirst().keyId();
  }

  private static @Nullable String verdictPath(Decision decision) {
    String won = decision.ending().conclusion().verdict().orElse(null);
    for (int at = 0; at < decision.options().size(); at++) {
      if (decision.options().get(at).id().equals(won)) {
        return Words.label(at);
      }
    }
    return null;
  }
}
