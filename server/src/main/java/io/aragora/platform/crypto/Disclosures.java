package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.random.RandomGenerator;

/** Makes disclosures with fresh 128-bit salts from the random source it was given. */
public final class Disclosures {
  private final RandomGenerator random;

  /** In production the source is a {@link java.security.SecureRandom}. */
  public Disclosures(RandomGenerator random) {
    this.random = random;
  }

  public Disclosure disclose(String path, JsonNode value) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return Disclosure.of(salt, path, value);
  }

  public Disclosure disclose(String path, String text) {
    return disclose(path, TextNode.valueOf(text));
  }
}
