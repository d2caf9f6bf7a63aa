package io.aragora.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopeTest {
  private static final String TYPE = "application/vnd.in-toto+json";
  private static final byte[] PAYLOAD = utf8("{\"a\":1}");

  private final Signer signer = Signer.generate(new SecureRandom());
  private final Signer other = Signer.generate(new SecureRandom());

  @Test
  void encodesBeforeSigningAsTheDsseSpecification() {
    assertThat(Dsse.preAuthentication("http://example.com/HelloWorld", utf8("hello world")))
        .isEqualTo(utf8("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
  }

  @Test
  void anEnvelopeReadBackIsSignedByItsKeyOnly() {
    byte[] envelope = Dsse.sign(TYPE, PAYLOAD, signer).bytes();
    Dsse read = Dsse.read(envelope);
    assertThat(read.payload()).isEqualTo(PAYLOAD);
    assertThat(read.payloadType()).isEqualTo(TYPE);
    assertThat(read.isSignedBy(signer.key())).isTrue();
    assertThat(read.isSignedBy(other.key())).isFalse();
    assertThat(CanonicalJson.isCanonical(envelope, JsonLimits.RECEIPT)).isTrue();
  }

  @Test
  void anotherPayloadTypeOrPayloadIsNotSigned() {
    String envelope = text(Dsse.sign(TYPE, PAYLOAD, signer).bytes());
    String retyped = envelope.replace(TYPE, "application/json");
    String changed =
        envelope.replace(Base64Text.encode(PAYLOAD), Base64Text.encode(utf8("{\"a\":2}")));
    assertThat(Dsse.read(utf8(retyped)).isSignedBy(signer.key())).isFalse();
    assertThat(Dsse.read(utf8(changed)).isSignedBy(signer.key())).isFalse();
  }

  @Test
  void aRelabelledKeyIdIsNotSigned() {
    String envelope = text(Dsse.sign(TYPE, PAYLOAD, signer).bytes());
    String relabelled = envelope.replace(signer.key().keyId(), other.key().keyId());
    assertThat(Dsse.read(utf8(relabelled)).isSignedBy(signer.key())).isFalse();
    assertThat(Dsse.read(utf8(relabelled)).isSignedBy(other.key())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[]}",
        "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\"}]}",
        "{\"payload\":\"e30\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\",\"sig\":\"\"}]}",
        "{\"payload\":\"e31=\",\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"k\",\"sig\":\"\"}]}",
        "{\"payload\":\"e30=\",\"payloadType\":1,\"signatures\":[{\"keyid\":\"k\",\"sig\":\"\"}]}",
        "{\"payload\":\"e30=\",\"payload\":\"e30=\",\"payloadType\":\"t\","
            + "\"signatures\":[{\"keyid\":\"k\",\"sig\":\"\"}]}",
        "{\"payload\":\"e30=\",\"payloadType\":\"t\",\"x\":1,"
            + "\"signatures\":[{\"keyid\":\"k\",\"sig\":\"\"}]}",
        "{\"payload\":\"e30=\",\"payloadType\":\"t\","
            + "\"signatures\":[{\"keyid\":\"k\",\"sig\":\"\"},{\"keyid\":\"k\",\"sig\":\"\"}]}",
      })
  void refusesEnvelopesOfAnotherForm(String envelope) {
    assertThatThrownBy(() -> Dsse.read(utf8(envelope))).isInstanceOf(VerificationFault.class);
  }

  @Test
  void bothFormsOfAJwsCarryTheSamePayloadAndSignature() {
    Jws jws = Jws.sign("decision-receipt+jws", PAYLOAD, signer);
    Jws compact = Jws.read(utf8(jws.compact()));
    Jws flattened = Jws.read(jws.flattened());
    assertThat(compact.isSignedBy(signer.key())).isTrue();
    assertThat(flattened.isSignedBy(signer.key())).isTrue();
    assertThat(compact.isSignedBy(other.key())).isFalse();
    assertThat(compact.payload()).isEqualTo(PAYLOAD).isEqualTo(flattened.payload());
    assertThat(compact.type()).isEqualTo("decision-receipt+jws");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"k\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k\"}",
        "{\"kid\":\"k\"}",
        "{\"alg\":[\"Ed25519\"]}",
        "{\"alg\":\"Ed25519\",\"crit\":[\"b64\"],\"b64\":false}",
        "{\"alg\":\"Ed25519\",\"jwk\":{}}",
        "{\"alg\":\"Ed25519\",\"kid\":1}",
        "{\"alg\":\"none\",\"alg\":\"Ed25519\"}",
      })
  void refusesOtherAlgorithmsAndHeadersItDoesNotUnderstand(String header) {
    String jws = Base64Text.encodeUrl(utf8(header)) + "." + Base64Text.encodeUrl(PAYLOAD) + ".AA";
    assertThatThrownBy(() -> Jws.read(utf8(jws))).isInstanceOf(VerificationFault.class);
  }

  @Test
  void everyBitOfACompactJwsCounts() {
    byte[] good = utf8(Jws.sign("t", PAYLOAD, signer).compact());
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(isAccepted(bad)).as("bit %d", bit).isFalse();
    }
  }

  private boolean isAccepted(byte[] jws) {
    try {
      return Jws.read(jws).isSignedBy(signer.key());
    } catch (VerificationFault refused) {
      return false;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
