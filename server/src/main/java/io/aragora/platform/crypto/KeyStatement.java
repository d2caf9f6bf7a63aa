package io.aragora.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** What this appliance says about one of its keys: what it signs and since when. */
public record KeyStatement(VerifyKey key, KeyPurpose purpose, Instant notBefore) {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  public String keyId() {
    return key.keyId();
  }

  /** Whether the key may already have signed something at this time. */
  public boolean isInForceAt(Instant time) {
    return !time.isBefore(notBefore);
  }

  ObjectNode json() {
    return Json.object()
        .put("key_id", key.keyId())
        .put("odr_key_id", key.odrKeyId())
        .put("purpose", purpose.wire())
        .put("alg", "Ed25519")
        .put("x", Base64Text.encodeUrl(key.raw()))
        .put("not_before", MILLIS.format(notBefore));
  }

  static KeyStatement of(JsonNode node) {
    var statement =
        new KeyStatement(
            VerifyKey.ofJwkX(node.path("x").asText()),
            KeyPurpose.of(node.path("purpose").asText()),
            Instant.parse(node.path("not_before").asText()));
    if (!statement.keyId().equals(node.path("key_id").asText())) {
      throw new IllegalArgumentException("key_id is not the thumbprint of x");
    }
    return statement;
  }
}
