package io.aragora.receipt;

import io.aragora.platform.json.Json;
import io.aragora.receipt.verify.Verifier;

/** The two pieces of work the receipt bench measures: signing a receipt, and checking a bundle. */
public final class ReceiptBenchWork {
  private final Decision decision = Vectors.threeToOne().decision();
  private final Issuer issuer = new Issuer(Forge.RING, SampleKeys.identity());
  private final byte[] bundle = Json.bytes(Forge.bundle(Forge.make(Vectors.threeToOne())));
  private final Verifier verifier = new Verifier(Forge.RING.publicKeys());

  /** Builds, checks, signs twice; returns the payload's length. */
  public int issue() {
    return issuer
        .sign(issuer.draft(decision), new ReceiptStore.Link(1, null))
        .receipt()
        .payload()
        .length;
  }

  /** Verifies a complete bundle; returns its exit code. */
  public int verify() {
    return verifier.verify(bundle).conclusion().exitCode();
  }
}
