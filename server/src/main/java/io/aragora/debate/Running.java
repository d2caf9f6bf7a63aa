package io.aragora.debate;

import io.aragora.debate.DebateStore.Answered;
import io.aragora.debate.DebateStore.Stored;
import io.aragora.debate.brief.Brief;
import io.aragora.debate.words.Answers;
import io.aragora.debate.words.Material;
import io.aragora.evidence.EvidenceText;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Tx;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.json.Json;
import java.time.Duration;
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
    long epoch,
    Deadline deadline) {

  static Running of(DebateParts parts, Tx tx, WorkspaceId workspace, DebateStore.Owned owned) {
    Stored row = owned.row();
    Brief brief = Brief.parse(row.frame());
    var byId = new LinkedHashMap<String, EvidenceText>();
    if (!brief.evidence().isEmpty()) {
      List<EvidenceText> texts =
          parts
              .evidence()
              .texts(tx, brief.evidence().stream().map(Brief.Attached::sha256).toList());
      for (Brief.Attached attached : brief.evidence()) {
        texts.stream()
            .filter(text -> text.sha256().equals(attached.sha256()))
            .forEach(text -> byId.put(attached.id(), text));
      }
    }
    return new Running(
        workspace,
        row,
        brief,
        byId,
        new Material(brief, byId),
        row.ownerEpoch(),
        deadline(owned.age(), brief));
  }

  /** Whether nobody had the debate before. */
  boolean isFresh() {
    return epoch == 1;
  }

  /**
   * The age is the database's, so that nodes with different clocks agree; from here on time is
   * counted by the monotonic clock. A clock set back gives no more time than the brief did.
   */
  private static Deadline deadline(Duration age, Brief brief) {
    Duration most = Duration.ofSeconds(brief.deadlineSeconds());
    Duration left = age.isNegative() ? most : most.minus(age);
    return Deadline.in(left.isNegative() ? Duration.ZERO : left);
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
