package io.aragora.provider;

import java.util.UUID;

/** Questions for tests. */
final class Asks {
  static final String SCHEMA =
      """
      {"type": "object", "required": ["answer"],
       "properties": {"answer": {"type": "string", "maxLength": 40}, "weight": {"type": "number"}}}
      """;
  static final String ANYTHING = "{\"type\": \"object\"}";
  static final String MATERIAL =
      """
      {"question": "Should we move the archive?",
       "context": "The new archive is faster. It reduces costs. It has been reliable in tests.",
       "options": [{"id": "move", "label": "Move the archive"}, {"id": "stay", "label": "Stay"}],
       "evidence": [], "move": "draft", "seat": {"id": "s1", "lens": "value"}}
      """;

  private Asks() {}

  static Ask draft(String modelId) {
    return with(UUID.randomUUID(), modelId, MATERIAL, ANYTHING);
  }

  static Ask with(UUID callId, String modelId, String material, String schema) {
    return new Ask(callId, modelId, AskKind.DRAFT, "Answer.", material, schema, 500, 0.5, 7, null);
  }

  static Ask of(String modelId, AskKind kind, String material, long seed) {
    return new Ask(
        UUID.randomUUID(), modelId, kind, "Answer.", material, ANYTHING, 500, 0.5, seed, null);
  }
}
