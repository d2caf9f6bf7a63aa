package io.aragora.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A model server that takes a fixed time for each answer, or until it is let go, and writes down
 * when it was busy for which question.
 */
final class SlowModel implements AutoCloseable {
  private static final Function<JsonNode, String> PANEL = PanelAnswers.quarrelling();
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

  private final RawServer server = RawServer.answering(this::answer);
  private final Collection<Busy> busy = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final CountDownLatch gate;
  private final Duration time;
  private final int thoughts;

  private SlowModel(CountDownLatch gate, Duration time, int thoughts) {
    this.gate = gate;
    this.time = time;
    this.thoughts = thoughts;
  }

  /** When one answer was being made, in nanoseconds of this JVM. */
  record Busy(String question, String move, long began, long ended) {}

  static SlowModel taking(Duration time) {
    return new SlowModel(new CountDownLatch(0), time, 0);
  }

  /** Says nothing before {@link #letGo()}. */
  static SlowModel held() {
    return new SlowModel(new CountDownLatch(1), Duration.ZERO, 0);
  }

  /** The first seat thinks aloud: numbered and timed pieces, 20 a second; starts when let go. */
  static SlowModel thinking(int pieces) {
    return new SlowModel(new CountDownLatch(1), Duration.ZERO, pieces);
  }

  void letGo() {
    gate.countDown();
  }

  int asked() {
    return asked.get();
  }

  /** What was answered since the last time this was asked. */
  List<Busy> takeBusy() {
    var taken = List.copyOf(busy);
    busy.clear();
    return taken;
  }

  /** Settings of a server that asks this model under three names. */
  Map<String, String> settings() {
    return Map.of(
        "ARAGORA_OPENAI_URL", server.origin() + "/v1",
        "ARAGORA_OPENAI_MODELS", "one,two,three",
        "ARAGORA_OPENAI_INPUT_PRICE", "1",
        "ARAGORA_OPENAI_OUTPUT_PRICE", "1",
        "ARAGORA_EGRESS_ALLOW", server.origin().toString());
  }

  /** A brief for three seats of this model; the number makes its question its own. */
  static String brief(String question, int rounds) {
    return """
    {"question": "%s", "max_rounds": %d, "deadline_seconds": 900,
     "options": [{"id": "a", "label": "Go now"}, {"id": "b", "label": "Wait"}, {"id": "c", "label": "Stop"}],
     "panel": [{"model": "openai/one"}, {"model": "openai/two"}, {"model": "openai/three"}]}
    """
        .formatted(question, rounds);
  }

  @Override
  public void close() {
    gone.countDown();
    gate.countDown();
    server.close();
  }

  private void answer(RawServer.Heard heard, OutputStream out)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    if (heard.path().equals("/v1/models")) {
      out.write(
          RawServer.reply(
              200, "Content-Type: application/json\r\n", "{\"object\":\"list\",\"data\":[]}"));
      return;
    }
    JsonNode request = Json.tree(heard.body());
    JsonNode material = PanelAnswers.material(request);
    asked.incrementAndGet();
    gate.await();
    if (gone.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      return;
    }
    out.write(HEAD.getBytes(UTF_8));
    if (request.path("model").asText().equals("one")
        && material.path("move").asText().equals("draft")) {
      think(out);
    }
    out.write((event(PANEL.apply(request), "stop") + usage() + "data: [DONE]\n\n").getBytes(UTF_8));
    out.flush();
    String question = material.path("question").asText();
    busy.add(new Busy(question, material.path("move").asText(), began, System.nanoTime()));
  }

  private void think(OutputStream out) throws IOException, InterruptedException {
    if (thoughts == 0) {
      return;
    }
    out.write(event("<think>", null).getBytes(UTF_8));
    long start = System.nanoTime();
    for (int i = 0; i < thoughts; i++) {
      long wait = start + i * 50_000_000L - System.nanoTime();
      if (gone.await(wait, TimeUnit.NANOSECONDS)) {
        return;
      }
      out.write(event("#" + i + "@" + System.nanoTime() + ";", null).getBytes(UTF_8));
    }
    out.write(event("</think>", null).getBytes(UTF_8));
  }

  private static String event(String text, @org.jspecify.annotations.Nullable String finish) {
    ObjectNode event = Json.object().put("id", "1").put("model", "slow-1");
    ObjectNode choice = event.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").put("content", text);
    choice.put("finish_reason", finish);
    return "data: " + event + "\n\n";
  }

  private static String usage() {
    ObjectNode event = Json.object().put("id", "1").put("model", "slow-1");
    event.putArray("choices");
    event.putObject("usage").put("prompt_tokens", 21).put("completion_tokens", 7);
    return "data: " + event + "\n\n";
  }
}
