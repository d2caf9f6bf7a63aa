package io.aragora.debate.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.debate.brief.Brief;
import io.aragora.evidence.EvidenceText;
import io.aragora.platform.json.Json;
import io.aragora.provider.AskKind;
import java.util.List;
import java.util.Map;

/**
 * The JSON document a seat reads for one move. What all seats share comes first, so that providers
 * can reuse it; what is this seat's own comes last. Nothing in it names another seat.
 */
public final class Material {
  private final Brief brief;
  private final ObjectNode shared;

  public Material(Brief brief, Map<String, EvidenceText> evidence) {
    this.brief = brief;
    this.shared = Json.object();
    shared.put("question", brief.question());
    shared.put("context", brief.context());
    shared.put("language", brief.language());
    shared.set("options", Json.toTree(brief.options()));
    ArrayNode items = shared.putArray("evidence");
    for (Brief.Attached attached : brief.evidence()) {
      EvidenceText text = evidence.get(attached.id());
      if (text != null) {
        items
            .addObject()
            .put("id", attached.id())
            .put("name", text.name())
            .put("text", text.body());
      }
    }
  }

  public String draft(int seat) {
    return finish(shared.deepCopy(), Wire.of(AskKind.DRAFT), seat);
  }

  /** {@code claims} are others' claims, already in the reader's own order. */
  public String challenge(int seat, List<Answers.Reason> claims, Answers.Drafted own) {
    ObjectNode document = shared.deepCopy();
    document.set("claims", shown(claims));
    document.set("own", own(own));
    return finish(document, Wire.of(AskKind.CHALLENGE), seat);
  }

  /** A draft as a voter sees it: numbered by its place on the sheet, without its author. */
  public record Shown(String id, Answers.Drafted draft) {}

  public String ballot(
      int seat,
      List<String> order,
      List<Shown> drafts,
      List<Objected> claims,
      Answers.Drafted own) {
    ObjectNode document = shared.deepCopy();
    ArrayNode others = document.putArray("drafts");
    for (Shown shown : drafts) {
      ObjectNode draft = others.addObject();
      draft.put("id", shown.id()).put("option", shown.draft().option());
      draft.set("claims", shown(shown.draft().claims().stream().filter(Material::stands).toList()));
    }
    ArrayNode discussed = document.putArray("claims");
    for (Objected claim : claims) {
      ObjectNode node = (ObjectNode) shown(List.of(claim.claim())).get(0);
      node.set("replies", Json.toTree(claim.replies()));
      discussed.add(node);
    }
    document.set("own", own(own));
    document.set("order", Json.toTree(order));
    return finish(document, Wire.of(AskKind.BALLOT), seat);
  }

  /** A claim and what readers replied to it. */
  public record Objected(Answers.Reason claim, List<Said> replies) {}

  /** One reply without its author. */
  public record Said(String stance, String reasonType, String text) {}

  public String edit(String outcome, String verdict, List<Objected> claims) {
    ObjectNode document = shared.deepCopy();
    document.put("move", Wire.of(AskKind.EDIT)).put("outcome", outcome).put("verdict", verdict);
    document.set("claims", shown(claims.stream().map(Objected::claim).toList()));
    return document.toString();
  }

  /** A claim that quotes what is not there is shown to nobody. */
  public static boolean stands(Answers.Reason claim) {
    return claim.evidence().stream().allMatch(Answers.Quote::verified);
  }

  private static ArrayNode shown(List<Answers.Reason> claims) {
    ArrayNode nodes = Json.mapper().createArrayNode();
    for (Answers.Reason claim : claims) {
      ObjectNode node = nodes.addObject().put("id", claim.id()).put("text", claim.text());
      ArrayNode quotes = node.putArray("evidence");
      claim
          .evidence()
          .forEach(quote -> quotes.addObject().put("id", quote.id()).put("quote", quote.quote()));
    }
    return nodes;
  }

  private static JsonNode own(Answers.Drafted own) {
    ObjectNode node = Json.object().put("option", own.option());
    node.set("ranking", Json.toTree(own.ranking()));
    node.set("claims", shown(own.claims()));
    return node;
  }

  private String finish(ObjectNode document, String move, int seat) {
    document.put("move", move);
    document.putObject("seat").put("id", "s" + seat).put("lens", brief.seat(seat).lens());
    return document.toString();
  }
}
