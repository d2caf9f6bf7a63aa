package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Text that is still being written, as viewers of two nodes see it. */
final class PartialTextTest {
  private final TestDatabase test = TestDatabase.shared();
  private final Doorbell bell = Doorbell.open(test.app());
  private final EventFeed writing = new EventFeed(test.database(), bell);
  private final EventFeed watching = new EventFeed(test.database(), bell);
  private final WorkspaceId workspace = test.newWorkspace();
  private final DebateId debate = new DebateId(UUID.randomUUID());

  @AfterEach
  void close() {
    writing.close();
    watching.close();
    bell.close();
  }

  @Test
  void aViewerWhoComesLateSeesWhatASeatHasWrittenOnItsOwnNode() throws Exception {
    try (Speech speech = speak();
        Viewer early = writing.watch(workspace, debate, 0)) {
      speech.say("Hello ");
      Viewer late = writing.watch(workspace, debate, 0);
      assertThat(heard(late, "Hello ")).contains("\"partial\":true");
      late.close();
      assertThat(heard(early, "Hello ")).doesNotContain("partial");
      speech.done();
    }
  }

  @Test
  void aViewerOnAnotherNodeSeesTheTextGrow() throws Exception {
    try (Speech speech = speak();
        Viewer viewer = watching.watch(workspace, debate, 0)) {
      speech.say("The first half, ");
      assertThat(heard(viewer, "The first half, ")).contains("\"partial\":true");
      speech.say("the second.");
      assertThat(heard(viewer, "the second.")).doesNotContain("first half");
      speech.done();
    }
  }

  @Test
  void textOfANodeThatDiedIsKeptForWhoeverConnectsAgain() throws Exception {
    Speech speech = speak();
    speech.say("Before the power cut");
    Awaitility.await().until(() -> kept() == 1);
    writing.close();

    try (Viewer again = watching.watch(workspace, debate, 0)) {
      assertThat(heard(again, "Before the power cut")).contains("\"partial\":true");
    }
  }

  @Test
  void anAnswerThatIsWholeLeavesNothingBehind() {
    try (Speech speech = speak()) {
      speech.say("All of it");
      Awaitility.await().until(() -> kept() == 1);
      speech.done();
    }
    Awaitility.await().until(() -> kept() == 0);
  }

  @Test
  void aFastAnswerIsNeverKept() {
    try (Speech speech = speak()) {
      speech.say("Quick");
      speech.done();
    }
    Speech slow = speak();
    slow.say("Slow");
    Awaitility.await().until(() -> kept() > 0);
    assertThat(kept()).isEqualTo(1);
    slow.done();
  }

  private Speech speak() {
    return writing.speak(new Speaker(workspace, debate, 1, 2, "draft", UUID.randomUUID()));
  }

  private static String heard(Viewer viewer, String until) throws InterruptedException {
    var all = new StringBuilder();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (all.indexOf(until) < 0 && System.nanoTime() < end) {
      for (byte[] frame : viewer.next(Duration.ofMillis(200))) {
        all.append(new String(frame, StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  private long kept() {
    return test.database()
        .inTransaction(
            workspace,
            tx ->
                tx.one(
                        "select count(*) as n from debate_partial where debate_id = ?",
                        row -> row.number("n"),
                        debate.value())
                    .orElseThrow());
  }
}
