package io.aragora.receipt;

import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import java.util.List;

/**
 * One check of every receipt of some workspaces: the chain has no gap, and each is verified in full
 * from its own bundle, as a stranger would. Used once.
 */
final class ReceiptsCheck {
  private static final int BATCH = 100;

  private final ReceiptStore store = new ReceiptStore();
  private final Database database;
  private final PublicKeys keys;
  private final Verifier verifier;
  private long receipts;
  private long erased;
  private long waiting;

  ReceiptsCheck(Database database, PublicKeys keys) {
    this.database = database;
    this.keys = keys;
    this.verifier = new Verifier(keys);
  }

  Receipts.Checked run(List<WorkspaceId> workspaces) {
    try {
      workspaces.forEach(this::chain);
      return new Receipts.Checked(receipts, erased, waiting, true, null);
    } catch (VerificationFault broken) {
      return new Receipts.Checked(receipts, erased, waiting, false, broken.message());
    }
  }

  private void chain(WorkspaceId workspace) {
    long expected = database.inTransaction(workspace, store::height);
    while (expected > 0) {
      long below = expected + 1;
      List<ReceiptStore.Line> lines =
          database.inTransaction(workspace, tx -> store.below(tx, below, BATCH));
      if (lines.isEmpty()) {
        throw gone(workspace, expected);
      }
      for (ReceiptStore.Line line : lines) {
        if (line.height() != expected) {
          throw gone(workspace, expected);
        }
        verify(workspace, line.summary().id());
        expected--;
      }
    }
  }

  private void verify(WorkspaceId workspace, ReceiptId id) {
    var bundle = new Bundles(database, store).read(workspace, id, keys);
    Verification found = verifier.verify(Json.bytes(bundle));
    switch (found.conclusion()) {
      case VALID -> {}
      case PARTS_MISSING -> erased++;
      case NOT_IN_LOG -> waiting++;
      case INVALID, KEY_NOT_TRUSTED ->
          throw new VerificationFault("receipt", "receipt %s:%n%s".formatted(id, found.text()));
    }
    receipts++;
  }

  private static VerificationFault gone(WorkspaceId workspace, long height) {
    return new VerificationFault(
        "receipt", "receipt %d of workspace %s is gone".formatted(height, workspace));
  }
}
