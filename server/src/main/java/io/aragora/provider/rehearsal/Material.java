package io.aragora.provider.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a seat is given to read for one move. */
record Material(
    String question,
    String lens,
    List<Option> options,
    Map<String, String> evidence,
    List<Sentence> sentences,
    List<Claim> claims,
    List<Option> drafts,
    String ownOption,
    List<String> order,
    String outcome,
    String verdict) {

  /** Something that can be chosen. */
  record Option(String id, String label) {}

  /** A claim of another seat, and how many readers rejected and accepted it. */
  record Claim(String id, String text, List<Quote> quotes, int rejected, int accepted) {}

  /** A span said to stand in an item of evidence. */
  record Quote(String id, String text) {}

  static Material of(String json) {
    JsonNode root = Json.tree(json);
    Map<String, String> evidence = new LinkedHashMap<>();
    list(root, "evidence").forEach(item -> evidence.put(text(item, "id"), text(item, "text")));
    List<Sentence> sentences = new ArrayList<>(Sentence.in("", text(root, "context")));
    evidence.forEach((id, words) -> sentences.addAll(Sentence.in(id, words)));
    return new Material(
        text(root, "question"),
        text(root.path("seat"), "lens"),
        list(root, "options")
            .map(each -> new Option(text(each, "id"), text(each, "label")))
            .toList(),
        evidence,
        sentences,
        list(root, "claims").map(Material::claim).toList(),
        list(root, "drafts").map(Material::draft).toList(),
        text(root.path("own"), "option"),
        list(root, "order").map(JsonNode::asText).toList(),
        text(root, "outcome"),
        text(root, "verdict"));
  }

  /** Whether a quote stands in the evidence, letter for letter. */
  boolean holds(Quote quote) {
    return !quote.text().isEmpty() && evidence.getOrDefault(quote.id(), "").contains(quote.text());
  }

  String label(String id) {
    return options.stream()
        .filter(option -> option.id().equals(id))
        .map(Option::label)
        .findFirst()
        .orElse(id);
  }

  private static Claim claim(JsonNode node) {
    List<Quote> quotes =
        list(node, "evidence")
            .map(each -> new Quote(text(each, "id"), text(each, "quote")))
            .toList();
    return new Claim(
        text(node, "id"),
        text(node, "text"),
        quotes,
        replies(node, "reject"),
        replies(node, "accept"));
  }

  private static int replies(JsonNode claim, String stance) {
    return (int)
        list(claim, "replies").filter(reply -> text(reply, "stance").equals(stance)).count();
  }

  /** What another seat chose, with its reasons as the words that stand for it. */
  private static Option draft(JsonNode node) {
    StringBuilder said = new StringBuilder(text(node, "option").replace('-', ' '));
    list(node, "claims").forEach(claim -> said.append(". ").append(text(claim, "text")));
    return new Option(text(node, "option"), said.toString());
  }

  private static Stream<JsonNode> list(JsonNode node, String name) {
    return StreamSupport.stream(node.path(name).spliterator(), false);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }
}
