package io.aragora.platform.secret;

import io.aragora.kernel.AccountId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;

/** Rows of a feature that hold sealed values: sealed again when data keys are renewed. */
public interface SealedRows {
  /**
   * Seals up to {@code most} of the workspace's rows again that an older data key sealed; how many.
   */
  default int reseal(Tx tx, WorkspaceId workspace, SecretBox box, int most) {
    return 0;
  }

  /** Seals a person's rows again that an older key of the appliance sealed; how many. */
  default int resealOf(Tx tx, AccountId account, SecretBox box) {
    return 0;
  }
}
