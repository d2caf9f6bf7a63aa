package io.aragora.evidence;

/** An attached text with its words, as a panel reads it. */
public record EvidenceText(String sha256, String name, String body) {
  /** Whether the quoted words really stand here; only white space may differ. */
  public boolean holds(String quote) {
    return QuoteCheck.holds(body, quote);
  }
}
