package io.aragora.platform.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** An AES-256-GCM key of some version; its bytes are not kept and it never prints them. */
final class AesKey {
  static final int BYTES = 32;

  private final int version;
  private final Aead aead;

  AesKey(int version, byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + key.length);
    }
    try {
      this.version = version;
      this.aead = new AesGcmJce(key);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES-GCM", impossible);
    }
  }

  int version() {
    return version;
  }

  /** Nonce, ciphertext and tag. */
  byte[] encrypt(byte[] plain, byte[] associated) {
    try {
      return aead.encrypt(plain, associated);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM does not encrypt", impossible);
    }
  }

  /** Empty if key, ciphertext and associated data do not belong together. */
  Optional<byte[]> decrypt(byte[] sealed, byte[] associated) {
    try {
      return Optional.of(aead.decrypt(sealed, associated));
    } catch (GeneralSecurityException notThese) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "key version " + version;
  }
}
