package io.aragora.access.passkey;

import io.aragora.kernel.Names;
import io.aragora.platform.crypto.Base64Text;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passkey as its owner sees it. What browsers give and take as bytes is base64url text here and
 * in the records below.
 */
public record Passkey(
    UUID id, String name, boolean backedUp, Instant createdAt, @Nullable Instant lastUsedAt) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ID = 1400;
  private static final int LONGEST_CLIENT_DATA = 8_000;
  private static final int LONGEST_ATTESTATION = 64_000;

  /** What a browser needs to make a passkey for this person. */
  public record CreationOptions(
      String challenge,
      String rpId,
      String rpName,
      String userId,
      String userName,
      String userDisplayName,
      List<Long> algorithms,
      List<String> excludeCredentials,
      long timeoutMs) {
    public CreationOptions {
      algorithms = List.copyOf(algorithms);
      excludeCredentials = List.copyOf(excludeCredentials);
    }
  }

  /** What a browser needs to sign in with any passkey of this server. */
  public record RequestOptions(String challenge, String rpId, long timeoutMs) {}

  /** A new name. */
  public record Name(String name) {
    public Name {
      name = Names.require(name, LONGEST_NAME);
    }
  }

  /** What the browser made, and how its owner calls it. */
  public record Made(String name, String clientData, String attestationObject) {
    public Made {
      name = Names.require(name, LONGEST_NAME);
      check("client_data", clientData, LONGEST_CLIENT_DATA);
      check("attestation_object", attestationObject, LONGEST_ATTESTATION);
    }
  }

  /** What the browser signed. */
  public record Assertion(
      String credentialId,
      String userHandle,
      String clientData,
      String authenticatorData,
      String signature) {
    public Assertion {
      check("credential_id", credentialId, LONGEST_ID);
      check("user_handle", userHandle, LONGEST_ID);
      check("client_data", clientData, LONGEST_CLIENT_DATA);
      check("authenticator_data", authenticatorData, LONGEST_CLIENT_DATA);
      check("signature", signature, LONGEST_CLIENT_DATA);
    }
  }

  private static void check(String field, String text, int longest) {
    Objects.requireNonNull(text, field);
    if (text.isEmpty() || text.length() > longest) {
      throw new IllegalArgumentException(
          "%s must have 1 to %d characters: %d".formatted(field, longest, text.length()));
    }
    try {
      byte[] unused = Base64Text.decodeUrl(text);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(field + " must be base64url without padding", bad);
    }
  }
}
