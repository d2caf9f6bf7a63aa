package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.db.Doorbell;
import io.aragora.platform.json.Json;
import io.aragora.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventFeedTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Pattern ID = Pattern.compile("(?m)^id: (\\d+)$");

  private final TestDatabase test = TestDatabase.shared();
  private final Doorbell bell = Doorbell.open(test.app());
  private final EventFeed feed = new EventFeed(test.database(), bell);
  private final EventLog log = new EventLog(InstantSource.system());
  private final WorkspaceId workspace = test.newWorkspace();
  private final DebateId debate = new DebateId(UUID.randomUUID());

  @BeforeEach
  void connected() {
    Awaitility.await().until(bell::isConnected);
  }

  @AfterEach
  void close() {
    feed.close();
    bell.close();
  }

  @Test
  void aViewerThatReconnectsWhileAWriterWritesMissesNothingAndSeesNothingTwice() throws Exception {
    var random = new Random(20261123);
    var writer = CompletableFuture.runAsync(() -> write(300));
    var seen = new ArrayList<Long>();
    while (seen.isEmpty() || seen.getLast() < 301) {
      long last = seen.isEmpty() ? 0 : seen.getLast();
      seen.addAll(ids(stream(last, LONG, Duration.ofMillis(random.nextInt(1, 40)))));
    }
    writer.join();

    assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(1, 301).boxed().toList());
  }

  @Test
  void manyViewersOfOneDebateAllSeeAllOfIt() {
    var viewers = new ArrayList<CompletableFuture<String>>();
    append(round());
    for (int at = 0; at < 20; at++) {
      viewers.add(
          CompletableFuture.supplyAsync(() -> stream(0, LONG, LONG), Thread::startVirtualThread));
    }
    write(100);

    for (var viewer : viewers) {
      assertThat(ids(viewer.join()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 102).boxed().toList());
    }
  }

  @Test
  void aStreamIsFramesThatAnyClientReads() {
    append(round(), EventSamples.all().getLast());

    String text = stream(0, LONG, LONG);

    String body = feed.after(workspace, debate, 0).getFirst().body();
    assertThat(text)
        .startsWith("retry: 1000\n\nid: 1\nevent: round.started\ndata: " + body + "\n\nid: 2\n")
        .endsWith("\n\n");
  }

  @Test
  void aSilentStreamBeatsUntilItsLifeEnds() {
    append(round());

    String text = stream(1, Duration.ofMillis(30), Duration.ofMillis(300));

    assertThat(text).startsWith("retry: 1000\n\n:\n\n:\n\n:\n\n").doesNotContain("id:");
  }

  @Test
  void aSlowViewerLosesTextButNoEvent() throws Exception {
    append(round());
    try (var slow = feed.watch(workspace, debate, 0)) {
      for (int at = 0; at < 200; at++) {
        slow.offer(Frame.delta(debate, List.of(new Frame.Text(1, "draft", "x"))));
        append(round());
      }

      String text = drain(slow, "id: 201");
      assertThat(ids(text))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 201).boxed().toList());
      assertThat(text.split("event: text.delta", -1)).hasSize(65);
    }
  }

  @Test
  void textThatComesTogetherIsOneFrameOfTheSameBytesForAll() throws Exception {
    append(round());
    try (var one = feed.watch(workspace, debate, 1);
        var two = feed.watch(workspace, debate, 1)) {
      for (int at = 0; at < 100; at++) {
        feed.delta(debate, 1, "draft", "ab");
        feed.delta(debate, 2, "draft", "c");
      }

      List<byte[]> first = untilText(one);
      List<byte[]> second = untilText(two);

      assertThat(first.getFirst()).isSameAs(second.getFirst());
      String data = new String(first.getFirst(), StandardCharsets.UTF_8);
      assertThat(data).startsWith("event: text.delta\ndata: ").doesNotContain("id:");
      var texts = Json.tree(data.substring(data.indexOf('{'))).path("texts");
      assertThat(texts.path(0).path("text").asText()).isEqualTo("ab".repeat(100));
      assertThat(texts.path(1).path("text").asText()).isEqualTo("c".repeat(100));
    }
  }

  @Test
  void textThatCameBeforeAnEventIsShownBeforeIt() throws Exception {
    append(round());
    try (var viewer = feed.watch(workspace, debate, 1)) {
      feed.delta(debate, 1, "draft", "before");
      append(round());

      assertThat(drain(viewer, "id: 2")).contains("before");
    }
  }

  @Test
  void aDebateNobodyWatchesTakesNoText() throws Exception {
    append(round());
    feed.delta(debate, 1, "draft", "unheard");
    try (var viewer = feed.watch(workspace, debate, 0)) {
      append(EventSamples.all().getLast());
      assertThat(drain(viewer, "id: 2")).doesNotContain("unheard");
    }
  }

  @Test
  void closingTheFeedEndsStreamsThatWait() {
    append(round());
    var stream =
        CompletableFuture.supplyAsync(() -> stream(1, LONG, LONG), Thread::startVirtualThread);
    feed.close();

    assertThat(stream).succeedsWithin(Duration.ofSeconds(2));
    assertThat(stream(0, LONG, LONG)).startsWith("retry: ");
  }

  @Test
  void waitsForTheFirstEventAfterAPlace() throws Exception {
    append(round());
    assertThat(feed.await(workspace, debate, 1, Duration.ofMillis(50))).isEmpty();

    var writer = CompletableFuture.runAsync(() -> append(round()));
    assertThat(feed.await(workspace, debate, 1, LONG)).hasSize(1);
    writer.join();
  }

  @Test
  void anotherWorkspaceThatKnowsTheIdSeesNoEvents() {
    append(round());
    var other = test.newWorkspace();
    assertThat(feed.after(other, debate, 0)).isEmpty();
    assertThat(feed.stream(other, debate)).isEmpty();
  }

  /** Appends that many rounds one by one, and the last event. */
  private void write(int rounds) {
    for (int at = 0; at < rounds; at++) {
      append(round());
    }
    append(EventSamples.all().getLast());
  }

  private void append(Event... events) {
    test.database()
        .doInTransaction(workspace, tx -> log.append(tx, workspace, debate, List.of(events)));
  }

  private String stream(long after, Duration heartbeat, Duration life) {
    var out = new ByteArrayOutputStream();
    try {
      new EventStream(() -> feed.watch(workspace, debate, after), heartbeat, life).writeTo(out);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String drain(Viewer viewer, String until) throws InterruptedException {
    var text = new StringBuilder();
    for (int turn = 0; turn < 100 && text.indexOf(until) < 0; turn++) {
      for (byte[] each : viewer.next(Duration.ofMillis(500))) {
        text.append(new String(each, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static List<byte[]> untilText(Viewer viewer) throws InterruptedException {
    for (int turn = 0; turn < 20; turn++) {
      List<byte[]> news = viewer.next(Duration.ofMillis(500));
      if (!news.isEmpty()) {
        return news;
      }
    }
    return List.of();
  }

  private static List<Long> ids(String text) {
    return ID.matcher(text).results().map(found -> Long.parseLong(found.group(1))).toList();
  }

  private static Event round() {
    return new Event.RoundStarted(1, "ballot");
  }
}
