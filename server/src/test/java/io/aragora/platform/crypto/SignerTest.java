package io.aragora.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignerTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MESSAGE = "decided".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        + "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        + "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        + "984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void signsAsInRfc8032(String seed, String key, String message, String signature) {
    Signer signer = Signer.ofSeed(HEX.parseHex(seed));
    assertThat(HEX.formatHex(signer.key().raw())).isEqualTo(key);
    assertThat(HEX.formatHex(signer.sign(HEX.parseHex(message)))).isEqualTo(signature);
    assertThat(signer.key().verifies(HEX.parseHex(message), HEX.parseHex(signature))).isTrue();
  }

  @Test
  void signsByteForByteAsTheJdkDoes() throws Exception {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] seed = new byte[32];
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(seed);
      random.nextBytes(message);
      Signer signer = Signer.ofSeed(seed);
      var jdk = java.security.Signature.getInstance("Ed25519");
      jdk.initSign(
          java.security.KeyFactory.getInstance("Ed25519")
              .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(signer.pkcs8())));
      jdk.update(message);
      byte[] signature = jdk.sign();

      assertThat(signer.sign(message)).isEqualTo(signature);
      assertThat(signer.key().verifies(message, signature)).isTrue();
      signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
      assertThat(signer.key().verifies(message, signature)).isFalse();
    }
  }

  @Test
  void namesAKeyByTheThumbprintOfRfc8037() {
    VerifyKey key = VerifyKey.ofJwkX("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assertThat(key.keyId()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    assertThat(key.jwk().path("kid").asText()).isEqualTo(key.keyId());
  }

  @Test
  void namesAKeyForTheOpenDecisionReceiptBySixteenHexDigits() {
    VerifyKey key = Signer.generate(new SecureRandom()).key();
    assertThat(key.odrKeyId())
        .isEqualTo("ed25519-" + HEX.formatHex(Sha256.of(key.raw()).bytes()).substring(0, 16));
  }

  @Test
  void readsThePemItWrites() {
    VerifyKey key = Signer.generate(new SecureRandom()).key();
    assertThat(VerifyKey.ofPem(key.pem())).isEqualTo(key);
    assertThatThrownBy(() -> VerifyKey.ofPem(key.pem() + key.pem()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTheSecondSpellingOfASignature() {
    Signer signer = Signer.generate(new SecureRandom());
    byte[] good = signer.sign(MESSAGE);
    assertThat(signer.key().verifies(MESSAGE, good)).isTrue();
    assertThat(signer.key().verifies(MESSAGE, withOrderAdded(good))).isFalse();
  }

  @Test
  void refusesAnyLengthButSixtyFour() {
    Signer signer = Signer.generate(new SecureRandom());
    byte[] good = signer.sign(MESSAGE);
    assertThat(signer.key().verifies(MESSAGE, Arrays.copyOf(good, 63))).isFalse();
    assertThat(signer.key().verifies(MESSAGE, Arrays.copyOf(good, 65))).isFalse();
    assertThat(signer.key().verifies(MESSAGE, new byte[0])).isFalse();
  }

  @Test
  void refusesEverySingleBitFlip() {
    Signer signer = Signer.ofSeed(new byte[32]);
    byte[] good = signer.sign(MESSAGE);
    for (int bit = 0; bit < 512; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(signer.key().verifies(MESSAGE, bad)).as("bit %d", bit).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      })
  void refusesKeysUnderWhichAnybodyCouldSign(String raw) {
    assertThatThrownBy(() -> VerifyKey.ofRaw(HEX.parseHex(raw)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void derivesTheSamePublicKeyFromAStoredPrivateKey() {
    var random = new Random(7);
    for (int round = 0; round < 20; round++) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      Signer signer = Signer.ofSeed(seed);
      assertThat(Signer.ofPkcs8(signer.pkcs8()).key()).isEqualTo(signer.key());
    }
  }

  @Test
  void neverShowsThePrivateKey() {
    Signer signer = Signer.ofSeed(new byte[32]);
    assertThat(signer.toString()).isEqualTo("signer " + signer.key().keyId());
  }

  private static byte[] withOrderAdded(byte[] signature) {
    BigInteger order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] sum = new BigInteger(1, s).add(order).toByteArray();
    byte[] padded = new byte[32];
    int skip = Math.max(0, sum.length - 32);
    System.arraycopy(sum, skip, padded, 32 - (sum.length - skip), sum.length - skip);
    byte[] forged = signature.clone();
    System.arraycopy(reversed(padded), 0, forged, 32, 32);
    return forged;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] out = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      out[at] = bytes[bytes.length - 1 - at];
    }
    return out;
  }
}
