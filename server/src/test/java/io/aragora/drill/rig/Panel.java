package io.aragora.drill.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.drill.history.PaidCall;
import io.aragora.platform.json.Json;
import io.aragora.testing.PanelAnswers;
import io.aragora.testing.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The model server of a drill: it answers as a quarrelling panel, takes its time, and keeps a
 * record of its own of every call it was paid for.
 */
public final class Panel implements AutoCloseable {
  /** What the nodes under drill are told a million tokens cost. */
  public static final long MICRO_PER_MTOK = 100_000;

  private static final Function<JsonNode, String> ANSWERS = PanelAnswers.quarrelling();

  private final RawServer server = RawServer.answering(this::answer);
  private final Map<String, List<PaidCall>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Random random;
  private volatile Duration shortest = Duration.ofMillis(200);
  private volatile Duration longest = Duration.ofMillis(900);

  Panel(long seed) {
    this.random = new Random(seed);
  }

  /** Takes between these times for each answer. */
  public Panel taking(Duration atLeast, Duration atMost) {
    shortest = atLeast;
    longest = atMost;
    return this;
  }

  public URI origin() {
    return server.origin();
  }

  public int port() {
    return server.port();
  }

  /** How many calls began. */
  public int asked() {
    return asked.get();
  }

  /** How many calls were answered in full. */
  public int answered() {
    return answered.get();
  }

  /** Every call there was, by the id its node gave it; more than one is a call asked twice. */
  public Map<String, List<PaidCall>> calls() {
    return Map.copyOf(calls);
  }

  @Override
  public void close() {
    closed.countDown();
    server.close();
  }

  private void answer(RawServer.Heard heard, OutputStream out)
      throws IOException, InterruptedException {
    if (!heard.path().endsWith("/chat/completions")) {
      out.write(RawServer.reply(200, "Content-Type: application/json\r\n", "{\"data\":[]}"));
      return;
    }
    var call = begin(heard);
    JsonNode request = Json.tree(heard.body());
    closed.await(pause(), TimeUnit.MILLISECONDS);
    out.write(RawServer.reply(200, "Content-Type: text/event-stream\r\n", stream(request, call)));
    out.flush();
    calls.computeIfPresent(
        call.callId(),
        (id, all) ->
            all.stream().map(each -> each.equals(call) ? call.completed() : each).toList());
    answered.incrementAndGet();
  }

  /** The usage depends on the call, so that no sum is right by chance. */
  private PaidCall begin(RawServer.Heard heard) {
    String id = heard.headers().getOrDefault("x-client-request-id", "");
    int part = Math.floorMod(id.hashCode(), 200);
    var call = new PaidCall(id, heard.path(), Instant.now(), 0, 500 + part, 100 + part);
    calls.merge(
        id,
        List.of(call),
        (before, now) -> {
          var all = new ArrayList<>(before);
          all.addAll(now);
          return List.copyOf(all);
        });
    asked.incrementAndGet();
    return call;
  }

  private synchronized long pause() {
    long spread = longest.toMillis() - shortest.toMillis();
    return shortest.toMillis() + (spread == 0 ? 0 : random.nextLong(spread));
  }

  /** Pieces, the reason, and the usage, as servers stream them. */
  private static byte[] stream(JsonNode request, PaidCall call) {
    String text = ANSWERS.apply(request);
    var out = new StringBuilder();
    int half = text.length() / 2;
    for (String piece : List.of(text.substring(0, half), text.substring(half))) {
      var chunk = Json.object().put("id", "chatcmpl-1").put("model", "stub-1");
      chunk.putArray("choices").addObject().putObject("delta").put("content", piece);
      out.append("data: ").append(chunk).append("\n\n");
    }
    var last = Json.object().put("id", "chatcmpl-1").put("model", "stub-1");
    last.putArray("choices").addObject().put("finish_reason", "stop").putObject("delta");
    out.append("data: ").append(last).append("\n\n");
    var usage = Json.object().put("id", "chatcmpl-1").put("model", "stub-1");
    usage.putArray("choices");
    usage
        .putObject("usage")
        .put("prompt_tokens", call.input())
        .put("completion_tokens", call.output());
    out.append("data: ").append(usage).append("\n\ndata: [DONE]\n\n");
    return out.toString().getBytes(UTF_8);
  }
}
