package io.aragora.platform.crypto;

/** How large and deep a JSON text may be before it is read, and which numbers it may hold. */
public record JsonLimits(int maxBytes, int maxDepth, Numbers numbers) {
  /** A receipt, envelope or proof: 1 MiB, 32 levels, no floats. */
  public static final JsonLimits RECEIPT = new JsonLimits(1024 * 1024, 32, Numbers.INTEGERS_ONLY);

  /** The same size for documents of others, which may hold floats. */
  public static final JsonLimits DOCUMENT = new JsonLimits(1024 * 1024, 32, Numbers.ANY);

  /** Which numbers are taken; integers of 2^53 and more never are. */
  public enum Numbers {
    INTEGERS_ONLY,
    ANY
  }
}
