package io.aragora.platform.crypto;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 private key that signs; it never shows itself. */
public final class Signer {
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PrivateKey secret;
  private final Ed25519Sign signing;
  private final VerifyKey key;

  private Signer(PrivateKey secret, Ed25519Sign signing, VerifyKey key) {
    this.secret = secret;
    this.signing = signing;
    this.key = key;
  }

  /** Makes a new key. */
  public static Signer generate(SecureRandom random) {
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    return ofSeed(seed);
  }

  /** Takes the 32-byte private key of RFC 8032. */
  public static Signer ofSeed(byte[] seed) {
    byte[] der = Arrays.copyOf(PKCS8, PKCS8.length + 32);
    System.arraycopy(seed, 0, der, PKCS8.length, 32);
    return ofPkcs8(der);
  }

  /** Reads an unencrypted PKCS#8 Ed25519 key, as openssl writes it in DER. */
  public static Signer ofPkcs8(byte[] der) {
    try {
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      byte[] seed = ((EdECPrivateKey) secret).getBytes().orElseThrow();
      Signer signer = new Signer(secret, new Ed25519Sign(seed), publicKeyOf(seed));
      byte[] probe = {0};
      if (!signer.key.verifies(probe, signer.sign(probe))) {
        throw new KeyFault("the private key does not fit the public key made from it");
      }
      return signer;
    } catch (GeneralSecurityException | RuntimeException bad) {
      // No cause: a parser's message may quote key bytes.
      throw new KeyFault("not an Ed25519 private key in PKCS#8: " + bad.getClass().getSimpleName());
    }
  }

  // The JDK gives the same bytes (the scheme is deterministic) but takes about five times as long.
  public byte[] sign(byte[] message) {
    try {
      return signing.sign(message);
    } catch (GeneralSecurityException bug) {
      throw new IllegalStateException("cannot sign with key " + key, bug);
    }
  }

  /** The public half. */
  public VerifyKey key() {
    return key;
  }

  /** The private key in PKCS#8 DER, for the key files only. */
  byte[] pkcs8() {
    return secret.getEncoded();
  }

  @Override
  public String toString() {
    return "signer " + key.keyId();
  }

  // The JDK has no "public from private". Its generator draws exactly the seed from its random
  // source, so a source that answers with our seed gives the pair.
  private static VerifyKey publicKeyOf(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(255, new FixedRandom(seed));
    byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
    return VerifyKey.ofRaw(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
  }

  /** Answers with the same bytes for ever. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient byte[] seed;

    FixedRandom(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] target) {
      if (target.length != seed.length) {
        throw new IllegalStateException("asked for " + target.length + " bytes of a seed");
      }
      System.arraycopy(seed, 0, target, 0, seed.length);
    }
  }
}
