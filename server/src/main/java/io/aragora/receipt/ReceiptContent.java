package io.aragora.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.crypto.Disclosure;
import io.aragora.platform.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A signed statement together with the words still disclosed for it, by their paths. */
record ReceiptContent(JsonNode statement, Map<String, String> words) {
  ReceiptContent {
    words = Map.copyOf(words);
  }

  static ReceiptContent of(byte[] payload, List<Disclosure> disclosures) {
    var words = new HashMap<String, String>();
    disclosures.forEach(each -> words.put(each.path(), each.value().asText()));
    return new ReceiptContent(Json.tree(payload), words);
  }

  JsonNode predicate() {
    return statement.path("predicate");
  }

  String id() {
    return predicate().at("/receipt/id").asText();
  }

  boolean isRehearsal() {
    return predicate().at("/receipt/rehearsal").asBoolean();
  }

  /** The winning option's id, where one won. */
  Optional<String> verdict() {
    return text("/outcome/verdict");
  }

  /** A text of the predicate; an absent marker is an object and gives nothing. */
  Optional<String> text(String pointer) {
    JsonNode node = predicate().at(pointer);
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }

  Optional<String> word(String path) {
    return Optional.ofNullable(words.get(path));
  }

  /** The label of an option, or its id where the label has been erased. */
  String label(String option) {
    List<JsonNode> options = list("options");
    for (int at = 0; at < options.size(); at++) {
      if (options.get(at).path("id").asText().equals(option)) {
        return word(Words.label(at)).orElse(option);
      }
    }
    return option;
  }

  /** The seats whose counted ballot ranks the verdict first. */
  List<String> supporters() {
    return list("ballots").stream()
        .filter(ballot -> ballot.path("counted").asBoolean())
        .filter(ballot -> verdict().filter(ballot.at("/ranking/0").asText()::equals).isPresent())
        .map(ballot -> ballot.path("seat").asText())
        .toList();
  }

  List<JsonNode> list(String name) {
    return StreamSupport.stream(predicate().path(name).spliterator(), false).toList();
  }
}
