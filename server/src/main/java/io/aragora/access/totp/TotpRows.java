package io.aragora.access.totp;

import io.aragora.kernel.AccountId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.secret.SealedRows;
import io.aragora.platform.secret.SecretBox;

/** The secrets of second factors, sealed again when the appliance's data key is renewed. */
final class TotpRows implements SealedRows {
  private static final TotpStore STORE = new TotpStore();

  @Override
  public int resealOf(Tx tx, AccountId account, SecretBox box) {
    return STORE
        .lock(tx, account)
        .map(TotpStore.Kept::secret)
        .filter(kept -> !box.isOwnCurrent(kept))
        .map(
            kept -> {
              String where = Totp.where(account);
              STORE.reseal(tx, account, box.sealOwn(where, box.openOwn(where, kept)));
              return 1;
            })
        .orElse(0);
  }
}
