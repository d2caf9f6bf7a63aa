package io.aragora.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.crypto.CanonicalJson;
import io.aragora.platform.crypto.Sha256;
import io.aragora.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes an entry's leaf is made from. Where the row holds words they hold commitments, salted
 * hashes: without the salt nobody can tell by guessing what the words were.
 */
final class AuditBody {
  private static final int VERSION = 1;

  private AuditBody() {}

  /** Of a row that has its words and their salt. */
  static byte[] of(AuditRow row) {
    byte[] salt = row.salt();
    String detail = row.detail();
    if (salt == null || detail == null) {
      throw new IllegalArgumentException("the words of entry " + row.id() + " are erased");
    }
    String address = row.address();
    return bytes(
        row,
        address == null ? null : commitment(salt, "address", address),
        commitment(salt, "detail", detail));
  }

  /** Of a row without its words: what stood for them is taken from the body that was kept. */
  static byte[] ofErased(AuditRow row) {
    JsonNode kept = Json.tree(row.body());
    return bytes(
        row,
        kept.has("address") ? kept.path("address").asText() : null,
        kept.path("detail").asText());
  }

  /** The words as they are kept: one text for one set of words. */
  static String words(Map<String, String> detail) {
    return Json.text(new TreeMap<>(detail));
  }

  private static byte[] bytes(AuditRow row, @Nullable String address, String detail) {
    ObjectNode body =
        Json.object()
            .put("v", VERSION)
            .put("id", row.id().toString())
            .put("workspace", row.workspace().toString())
            .put("at", row.at().toString())
            .put("action", row.action())
            .put("target_kind", row.targetKind())
            .put("target_id", row.targetId())
            .put("outcome", row.outcome())
            .put("actor_kind", row.actorKind())
            .put("actor_id", row.actorId().toString());
    putUnlessAbsent(body, "request_id", row.requestId());
    putUnlessAbsent(body, "before_sha256", row.beforeSha256());
    putUnlessAbsent(body, "after_sha256", row.afterSha256());
    putUnlessAbsent(body, "address", address);
    body.put("detail", detail);
    return CanonicalJson.bytes(body);
  }

  private static void putUnlessAbsent(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }

  private static String commitment(byte[] salt, String name, String value) {
    return Sha256.of(salt, (name + ":" + value).getBytes(StandardCharsets.UTF_8)).hex();
  }
}
