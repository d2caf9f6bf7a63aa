package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.Tx;
import io.aragora.platform.json.Json;
import io.aragora.transparency.TlogProof;
import io.aragora.transparency.TransparencyLog;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts a receipt together with all that is needed to check it offline. */
record Bundles(Database database, ReceiptStore store) {
  ReceiptBundle read(WorkspaceId workspace, ReceiptId id, PublicKeys keys) {
    StoredReceipt receipt = database.inTransaction(workspace, tx -> find(tx, id));
    List<Disclosure> words = database.inTransaction(workspace, tx -> store.disclosures(tx, id));
    return new ReceiptBundle(
        ReceiptBundle.FORM,
        Json.tree(receipt.payload()),
        Json.tree(receipt.envelope()),
        receipt.jws(),
        words.stream().map(Disclosure::encoded).toList(),
        Json.tree(keys.jwks()),
        // Asked last and in no transaction of ours: the log opens one of its own.
        proof(id));
  }

  StoredReceipt find(Tx tx, ReceiptId id) {
    return store
        .find(tx, id)
        .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "there is no receipt " + id));
  }

  private JsonNode proof(ReceiptId id) {
    return TransparencyLog.proof(database, id)
        .map(TlogProof::bytes)
        .map(file -> Json.toTree(new String(file, StandardCharsets.UTF_8)))
        .orElseGet(() -> Commitments.absent("no checkpoint covers this receipt yet"));
  }
}
