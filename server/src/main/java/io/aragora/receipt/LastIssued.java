package io.aragora.receipt;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.ReceiptId;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.Verification;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The receipt this node issued last, read back and verified once for the readiness check. */
final class LastIssued {
  private final AtomicReference<@Nullable Place> newest = new AtomicReference<>();
  private final AtomicReference<@Nullable Place> good = new AtomicReference<>();

  /** Where a receipt is. */
  private record Place(WorkspaceId workspace, ReceiptId receipt) {}

  void remember(WorkspaceId workspace, ReceiptId receipt) {
    newest.set(new Place(workspace, receipt));
  }

  /** What is wrong with it; a receipt whose transaction was rolled back is none. */
  Optional<String> fault(Receipts receipts) {
    Place place = newest.get();
    if (place == null || place.equals(good.get())) {
      return Optional.empty();
    }
    try {
      byte[] bundle = Json.bytes(receipts.read(place.workspace(), place.receipt()));
      if (receipts.verify(bundle).conclusion() == Verification.Conclusion.INVALID) {
        return Optional.of("the last receipt does not verify: " + place.receipt());
      }
      good.set(place);
    } catch (Refusal gone) {
      if (gone.code() != ErrorCode.NOT_FOUND) {
        throw gone;
      }
    }
    return Optional.empty();
  }
}
