package io.aragora.access.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.VerificationException;
import io.aragora.platform.crypto.Base64Text;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The WebAuthn checks, for one origin. The person must be verified by the device, which makes a
 * passkey two factors in one; what the device is made by is not asked.
 */
final class Ceremony {
  static final List<COSEAlgorithmIdentifier> ALGORITHMS =
      List.of(
          COSEAlgorithmIdentifier.ES256,
          COSEAlgorithmIdentifier.EdDSA,
          COSEAlgorithmIdentifier.RS256);

  private final WebAuthnManager manager;
  private final AttestedCredentialDataConverter credentials;
  private final Origin origin;
  private final String rpId;

  Ceremony(URI publicUrl) {
    var converter = new ObjectConverter();
    manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    credentials = new AttestedCredentialDataConverter(converter);
    rpId = publicUrl.getHost();
    String port = publicUrl.getPort() < 0 ? "" : ":" + publicUrl.getPort();
    origin = new Origin(publicUrl.getScheme() + "://" + rpId + port);
  }

  String rpId() {
    return rpId;
  }

  /** A key that was made as asked. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record NewKey(byte[] credentialId, byte[] challenge, PasskeyStore.Kept kept) {}

  /** Checks a registration; {@code knows} refuses a challenge that is not ours. */
  NewKey register(UUID id, Passkey.Made made, Consumer<byte[]> knows) {
    var request =
        new RegistrationRequest(
            Base64Text.decodeUrl(made.attestationObject()),
            Base64Text.decodeUrl(made.clientData()));
    RegistrationData data = judged(() -> manager.parse(request));
    byte[] challenge = challenge(data.getCollectedClientData());
    knows.accept(challenge);
    var wanted = new RegistrationParameters(server(challenge), parameters(), true, true);
    return judged(() -> key(id, manager.verify(data, wanted), challenge));
  }

  private NewKey key(UUID id, RegistrationData data, byte[] challenge) {
    AuthenticatorData<?> device =
        Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
    AttestedCredentialData credential = Objects.requireNonNull(device.getAttestedCredentialData());
    return new NewKey(
        credential.getCredentialId(),
        challenge,
        new PasskeyStore.Kept(
            id,
            credentials.convert(credential),
            device.getSignCount(),
            device.isFlagBE(),
            device.isFlagBS()));
  }

  /** What a right assertion tells. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Signed(byte[] challenge, long signCount, boolean backedUp) {}

  /** Checks an assertion by the key kept; {@code knows} refuses a challenge that is not ours. */
  Signed authenticate(PasskeyStore.Kept kept, Passkey.Assertion assertion, Consumer<byte[]> knows) {
    AuthenticationRequest request = request(assertion);
    AuthenticationData data = judged(() -> manager.parse(request));
    byte[] challenge = challenge(data.getCollectedClientData());
    knows.accept(challenge);
    var wanted =
        new AuthenticationParameters(
            server(challenge), record(kept), List.of(request.getCredentialId()), true, true);
    AuthenticatorData<?> device =
        Objects.requireNonNull(judged(() -> manager.verify(data, wanted)).getAuthenticatorData());
    return new Signed(challenge, device.getSignCount(), device.isFlagBS());
  }

  private static AuthenticationRequest request(Passkey.Assertion assertion) {
    return new AuthenticationRequest(
        Base64Text.decodeUrl(assertion.credentialId()),
        Base64Text.decodeUrl(assertion.userHandle()),
        Base64Text.decodeUrl(assertion.authenticatorData()),
        Base64Text.decodeUrl(assertion.clientData()),
        Base64Text.decodeUrl(assertion.signature()));
  }

  private CredentialRecordImpl record(PasskeyStore.Kept kept) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        kept.backupEligible(),
        kept.backedUp(),
        kept.signCount(),
        credentials.convert(kept.credential()),
        null,
        null,
        null,
        null);
  }

  private ServerProperty server(byte[] challenge) {
    return new ServerProperty(origin, rpId, new DefaultChallenge(challenge));
  }

  private static byte[] challenge(@Nullable CollectedClientData data) {
    if (data == null || data.getChallenge() == null || data.getChallenge().getValue() == null) {
      throw new PasskeyFault("the client data has no challenge");
    }
    return data.getChallenge().getValue();
  }

  private static List<PublicKeyCredentialParameters> parameters() {
    return ALGORITHMS.stream()
        .map(each -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, each))
        .toList();
  }

  /**
   * The library's word on bytes from outside. Beside its own exceptions it lets its parsers' pass,
   * of many kinds: each says the same, that these bytes are not what they should be.
   */
  private static <T> T judged(Supplier<T> library) {
    try {
      return library.get();
    } catch (MaliciousCounterValueException copied) {
      throw new PasskeyFault("its counter does not rise: there may be a copy of it");
    } catch (VerificationException refused) {
      throw new PasskeyFault(refused.getClass().getSimpleName().replace("Exception", ""));
    } catch (RuntimeException malformed) {
      throw new PasskeyFault("it is malformed");
    }
  }
}
