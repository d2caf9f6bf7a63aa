package io.aragora.debate;

import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.DebateStore.Stored;
import io.aragora.debate.brief.Brief;
import io.aragora.evidence.EvidenceText;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A debate in the hands of this node: what was fixed at its start, and whose turn of owning it is.
 */
record Running(
    WorkspaceId workspace,
    Stored row,
    Brief brief,
    Map<String, EvidenceText> evidence,
    Material material,
    long epoch) {

  static Running of(WorkspaceId workspace, Stored row, List<EvidenceText> texts, long epoch) {
    Brief brief = Brief.parse(row.frame());
    var byId = new LinkedHashMap<String, EvidenceText>();
    for (Brief.Attached attached : brief.evidence()) {
      texts.stream()
          .filter(text -> text.sha256().equals(attached.sha256()))
          .forEach(text -> byId.put(attached.id(), text));
    }
    return new Running(workspace, row, brief, byId, new Material(brief, byId), epoch);
  }

  DebateId id() {
    return row.id();
  }

  /** Where quotes are looked up, by the id the panel cites. */
  Map<String, Answers.EvidenceLook> looks() {
    var looks = new LinkedHashMap<String, Answers.EvidenceLook>();
    evidence.forEach((id, text) -> looks.put(id, text::holds));
    return looks;
  }

  /** The drafts that were given, by seat. */
  static Map<Integer, Answers.Drafted> drafts(List<Answered> answers) {
    var drafts = new LinkedHashMap<Integer, Answers.Drafted>();
    answers.stream()
        .filter(answer -> answer.move().equals(Replay.DRAFT) && answer.failure().isEmpty())
        .forEach(
            answer ->
                drafts.put(answer.seat(), Json.read(answer.content(), Answers.Drafted.class)));
    return drafts;
  }

  /** Another node took the debate over, or it was closed: whoever gets this must stop at once. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(DebateId id) {
      super("debate " + id + " belongs to another node", null, false, false);
    }
  }
}
