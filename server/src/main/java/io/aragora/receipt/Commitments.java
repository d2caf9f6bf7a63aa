package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.crypto.Disclosures;
import io.aragora.platform.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns words into commitments and keeps the disclosures; says "absent" for what is not known. */
final class Commitments {
  private static final int LONGEST_WORD = 300;

  private final Disclosures salted;
  private final List<Disclosure> made = new ArrayList<>();

  Commitments(Disclosures salted) {
    this.salted = salted;
  }

  JsonNode commit(String path, @Nullable String words, String whyAbsent) {
    return words == null ? absent(whyAbsent) : commit(path, words);
  }

  JsonNode commit(String path, String words) {
    Disclosure disclosure = salted.disclose(path, words);
    made.add(disclosure);
    return TextNode.valueOf(disclosure.commitment());
  }

  List<Disclosure> made() {
    return List.copyOf(made);
  }

  static JsonNode absent(String reason) {
    return Json.object().put("status", "absent").put("reason", reason);
  }

  static JsonNode known(@Nullable Object value, String whyAbsent) {
    return value == null ? absent(whyAbsent) : Json.toTree(value);
  }

  /** A word of the payload: absent where blank, cut where longer than the format takes. */
  static JsonNode word(@Nullable String text, String whyAbsent) {
    return text == null || text.isBlank() ? absent(whyAbsent) : TextNode.valueOf(cut(text));
  }

  static String cut(String text) {
    int end = Math.min(text.length(), LONGEST_WORD);
    boolean isSplit = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, isSplit ? end - 1 : end);
  }

  static JsonNode time(Instant time) {
    return Json.toTree(time);
  }
}
