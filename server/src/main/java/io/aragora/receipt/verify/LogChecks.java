package io.aragora.receipt.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.ReceiptId;
import io.aragora.platform.crypto.KeyPurpose;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.crypto.VerifyKey;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.receipt.verify.Check.Step;
import io.aragora.transparency.TlogProof;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whether the receipt is in a log whose head a trusted key has signed. */
final class LogChecks {
  private final List<VerifyKey> checkpointKeys;

  LogChecks(PublicKeys trusted) {
    this.checkpointKeys = trusted.keys(KeyPurpose.CHECKPOINT);
  }

  List<Check> check(ReceiptFile file, JsonNode statement) {
    JsonNode part = file.parts().path("log_proof");
    if (!part.isTextual()) {
      return both(Check.State.SKIPPED, "the file carries no proof from the log");
    }
    try {
      return prove(
          TlogProof.read(part.textValue().getBytes(StandardCharsets.UTF_8)),
          ReceiptId.of(statement.at("/predicate/receipt/id").asText()),
          Sha256.of(file.payload()));
    } catch (VerificationFault | IllegalArgumentException bad) {
      return both(Check.State.FAILED, String.valueOf(bad.getMessage()));
    }
  }

  private List<Check> prove(TlogProof proof, ReceiptId receipt, Sha256 payload) {
    if (checkpointKeys.isEmpty()) {
      return both(Check.State.SKIPPED, "no checkpoint key is trusted: give decision-keys.json");
    }
    try {
      Checkpoint head = proof.verify(receipt, payload, checkpointKeys);
      return List.of(
          Check.ok(Step.INCLUSION, "leaf " + proof.index() + " of " + head.size()),
          Check.ok(Step.CHECKPOINT, "head of " + head.origin() + " signed by a trusted key"));
    } catch (VerificationFault bad) {
      boolean isHead = bad.rule().equals("checkpoint_signature");
      return List.of(
          isHead
              ? Check.skipped(Step.INCLUSION, "the head it would be checked against is not signed")
              : Check.failed(Step.INCLUSION, bad.message()),
          isHead
              ? Check.failed(Step.CHECKPOINT, bad.message())
              : Check.skipped(Step.CHECKPOINT, "the proof itself fails"));
    }
  }

  private static List<Check> both(Check.State state, String text) {
    return List.of(new Check(Step.INCLUSION, state, text), new Check(Step.CHECKPOINT, state, text));
  }
}
