package io.aragora.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A server on loopback that speaks OpenAI's chat completions as real ones do, or misbehaves as real
 * ones do. Counts what was asked, by the caller's X-Client-Request-Id.
 */
public final class ModelStub implements AutoCloseable {
  /** The ways in which a model server was seen to fail. */
  public enum Misbehaviour {
    NONE,
    HTML_WITH_200,
    NOTHING,
    SILENCE,
    SILENCE_MIDWAY,
    HALF_STREAM,
    NO_FINISH_REASON,
    DUPLICATED_CHUNKS,
    TEN_MEGABYTES,
    ONE_ENDLESS_LINE,
    INVALID_UTF8,
    NO_USAGE,
    NAN,
    DUPLICATE_KEYS,
    INFINITE_NUMBER,
    EMPTY_ANSWER,
    LENGTH_REACHED,
    FILTERED,
    ERROR_IN_STREAM,
    RATE_LIMITED,
    UNAVAILABLE,
    UNAUTHORIZED,
    NO_SUCH_MODEL,
    NOT_HTTP,
    REDIRECT,
    NO_STRUCTURED_OUTPUT,
    NOT_STREAMING
  }

  /** The model every answer says it comes from. */
  public static final String ACTUAL_MODEL = "stub-1-2026-11";

  /** Complete streams, and what becomes of their chunks. */
  private static final Map<Misbehaviour, UnaryOperator<List<String>>> STREAMS =
      Map.ofEntries(
          entry(Misbehaviour.NONE, chunks -> chunks),
          entry(Misbehaviour.NO_FINISH_REASON, ModelStub::half),
          entry(Misbehaviour.DUPLICATED_CHUNKS, ModelStub::twice),
          entry(Misbehaviour.NO_USAGE, chunks -> chunks.subList(0, chunks.size() - 1)),
          entry(Misbehaviour.ONE_ENDLESS_LINE, chunks -> List.of("x".repeat(2 * 1024 * 1024))),
          entry(
              Misbehaviour.ERROR_IN_STREAM,
              chunks -> List.of("{\"error\":{\"message\":\"overloaded\",\"code\":502}}")),
          entry(Misbehaviour.TEN_MEGABYTES, chunks -> chunks),
          entry(Misbehaviour.NAN, chunks -> chunks),
          entry(Misbehaviour.DUPLICATE_KEYS, chunks -> chunks),
          entry(Misbehaviour.INFINITE_NUMBER, chunks -> chunks),
          entry(Misbehaviour.EMPTY_ANSWER, chunks -> chunks),
          entry(Misbehaviour.LENGTH_REACHED, chunks -> chunks),
          entry(Misbehaviour.FILTERED, chunks -> chunks));

  /** What is said instead of the answer. */
  private static final Map<Misbehaviour, String> ANSWERS =
      Map.of(
          Misbehaviour.TEN_MEGABYTES, "x".repeat(10 * 1024 * 1024),
          Misbehaviour.NAN, "{\"answer\": NaN}",
          Misbehaviour.DUPLICATE_KEYS, "{\"answer\": \"a\", \"answer\": \"b\"}",
          Misbehaviour.INFINITE_NUMBER, "{\"answer\": \"a\", \"weight\": 1e999}",
          Misbehaviour.EMPTY_ANSWER, "",
          Misbehaviour.LENGTH_REACHED, "{\"answer\": \"cut",
          Misbehaviour.FILTERED, "{\"answer\":");

  private static final Map<Misbehaviour, String> FINISHES =
      Map.of(Misbehaviour.LENGTH_REACHED, "length", Misbehaviour.FILTERED, "content_filter");

  private static final Map<Misbehaviour, Integer> REFUSALS =
      Map.of(
          Misbehaviour.RATE_LIMITED, 429,
          Misbehaviour.UNAVAILABLE, 503,
          Misbehaviour.UNAUTHORIZED, 401,
          Misbehaviour.NO_SUCH_MODEL, 404);

  private final RawServer server = RawServer.answering(this::answer);
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<JsonNode, String> answers = request -> "{}";
  private volatile Misbehaviour misbehaviour = Misbehaviour.NONE;
  private volatile int times = Integer.MAX_VALUE;
  private volatile int spared;
  private volatile int lastRequest;
  private volatile Duration delay = Duration.ZERO;
  private volatile String retryAfter = "0";
  private volatile boolean remembers = true;

  /** What to put into {@code ARAGORA_OPENAI_URL}: up to and with {@code /v1}. */
  public URI baseUrl() {
    return URI.create(server.origin() + "/v1");
  }

  public URI origin() {
    return server.origin();
  }

  /** Answers each request (its parsed body) with this text. */
  public ModelStub answering(Function<JsonNode, String> newAnswers) {
    answers = newAnswers;
    return this;
  }

  public ModelStub misbehaving(Misbehaviour how) {
    return misbehaving(how, Integer.MAX_VALUE);
  }

  /** Misbehaves for the next requests, then answers as it should. */
  public ModelStub misbehaving(Misbehaviour how, int requestsToSpoil) {
    times = requestsToSpoil;
    misbehaviour = how;
    return this;
  }

  /** Misbehaves once, at the n-th request from now. */
  public synchronized ModelStub misbehavingAt(int nth, Misbehaviour how) {
    spared = nth - 1;
    return misbehaving(how, 1);
  }

  /** Answers this many requests more; then nobody listens any longer and connecting is refused. */
  public void goneAfter(int requests) {
    if (requests == 0) {
      server.close();
    } else {
      lastRequest = count() + requests;
    }
  }

  public ModelStub retryAfter(String header) {
    retryAfter = header;
    return this;
  }

  /** Waits this long before the first byte of each answer. */
  public ModelStub delaying(Duration time) {
    delay = time;
    return this;
  }

  /** Keeps nothing of what it is asked, so that it can be asked for hours. */
  public ModelStub forgetting() {
    remembers = false;
    return this;
  }

  /** How many requests came in for each call id. */
  public Map<String, Integer> calls() {
    Map<String, Integer> counts = new java.util.HashMap<>();
    calls.forEach((id, count) -> counts.put(id, count.get()));
    return Map.copyOf(counts);
  }

  /** How many requests came in. */
  public int count() {
    return requests.size();
  }

  public List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /** The Authorization header of each request, empty where there was none. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    closed.countDown();
    server.close();
  }

  private void answer(RawServer.Heard heard, OutputStream out)
      throws IOException, InterruptedException {
    if (heard.path().equals("/v1/models")) {
      out.write(json(200, "", "{\"object\":\"list\",\"data\":[]}"));
      return;
    }
    JsonNode request = Json.tree(heard.body());
    if (remembers) {
      String id = heard.headers().getOrDefault("x-client-request-id", "");
      calls.computeIfAbsent(id, unseen -> new AtomicInteger()).incrementAndGet();
      requests.add(request);
      authorizations.add(heard.headers().getOrDefault("authorization", ""));
    }
    if (count() == lastRequest) {
      server.close();
    }
    closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
    perform(next(), request, out);
  }

  private synchronized Misbehaviour next() {
    if (spared > 0) {
      spared--;
      return Misbehaviour.NONE;
    }
    if (times == 0) {
      return Misbehaviour.NONE;
    }
    times--;
    return misbehaviour;
  }

  private void perform(Misbehaviour how, JsonNode request, OutputStream out)
      throws IOException, InterruptedException {
    String text = answers.apply(request);
    UnaryOperator<List<String>> change = STREAMS.get(how);
    String spoiled = ANSWERS.getOrDefault(how, text);
    if (change != null) {
      stream(out, change.apply(chunks(spoiled, FINISHES.getOrDefault(how, "stop"))), true);
    } else if (REFUSALS.containsKey(how)) {
      String wait = how == Misbehaviour.RATE_LIMITED ? "Retry-After: " + retryAfter + "\r\n" : "";
      out.write(json(REFUSALS.get(how), wait, "{\"error\":{\"code\":\"told\"}}"));
    } else {
      converse(how, request, text, out);
    }
  }

  /** What is no complete reply, or none in HTTP, or depends on the request. */
  private void converse(Misbehaviour how, JsonNode request, String text, OutputStream out)
      throws IOException, InterruptedException {
    switch (how) {
      case HTML_WITH_200 ->
          out.write(RawServer.reply(200, "Content-Type: text/html\r\n", "<html>"));
      case NOT_HTTP -> out.write("SSH-2.0-OpenSSH_9.9\r\n\r\n".getBytes(UTF_8));
      case SILENCE -> closed.await();
      case SILENCE_MIDWAY -> {
        stream(out, half(chunks(text, "stop")), false);
        closed.await();
      }
      case HALF_STREAM -> {
        stream(out, half(chunks(text, "stop")), false);
        out.write("20\r\ndata: {\"choices\":[{\"de".getBytes(UTF_8));
      }
      case INVALID_UTF8 -> {
        head(out, "text/event-stream");
        chunk(out, new byte[] {'d', 'a', 't', 'a', ':', ' ', (byte) 0xC3, (byte) 0x28, '\n'});
        out.write("0\r\n\r\n".getBytes(UTF_8));
      }
      case REDIRECT -> out.write(RawServer.reply(302, "Location: http://169.254.169.254/\r\n", ""));
      case NO_STRUCTURED_OUTPUT -> unstructured(request, text, out);
      case NOT_STREAMING -> out.write(json(200, "", whole(text)));
      default -> {
        // NOTHING: the connection closes without a byte.
      }
    }
  }

  private static void unstructured(JsonNode request, String text, OutputStream out)
      throws IOException {
    if (request.has("response_format")) {
      out.write(json(400, "", "{\"error\":{\"message\":\"unknown field: response_format\"}}"));
    } else {
      stream(out, chunks("```json\n" + text + "\n```", "stop"), true);
    }
  }

  private static List<String> half(List<String> chunks) {
    return chunks.subList(0, chunks.size() / 2);
  }

  private static List<String> twice(List<String> chunks) {
    return chunks.stream().flatMap(each -> List.of(each, each).stream()).toList();
  }

  /** The role first, then pieces, the reason, and the usage with no choices, as servers do. */
  private static List<String> chunks(String text, String reason) {
    List<String> chunks = new java.util.ArrayList<>();
    ObjectNode first = event();
    first
        .withArray("choices")
        .addObject()
        .putObject("delta")
        .put("role", "assistant")
        .putNull("content");
    chunks.add(first.toString());
    int size = Math.max(7, text.length() / 100);
    for (int at = 0; at < text.length(); at += size) {
      ObjectNode chunk = event();
      ObjectNode choice = chunk.withArray("choices").addObject().put("index", 0);
      choice
          .putObject("delta")
          .put("content", text.substring(at, Math.min(text.length(), at + size)));
      choice.putNull("finish_reason");
      chunks.add(chunk.toString());
    }
    ObjectNode last = event();
    ObjectNode end = last.withArray("choices").addObject().put("index", 0);
    end.putObject("delta");
    end.put("finish_reason", reason);
    chunks.add(last.toString());
    ObjectNode counts = event();
    counts.putArray("choices");
    counts.putObject("usage").put("prompt_tokens", 21).put("completion_tokens", 7);
    chunks.add(counts.toString());
    return chunks;
  }

  private static String whole(String text) {
    ObjectNode whole = event();
    ObjectNode choice = whole.withArray("choices").addObject().put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", text);
    whole.putObject("usage").put("prompt_tokens", 21).put("completion_tokens", 7);
    return whole.toString();
  }

  private static ObjectNode event() {
    return Json.object().put("id", "chatcmpl-1").put("model", ACTUAL_MODEL);
  }

  private static byte[] json(int status, String headers, String body) {
    return RawServer.reply(status, "Content-Type: application/json\r\n" + headers, body);
  }

  private static void stream(OutputStream out, List<String> events, boolean whole)
      throws IOException {
    head(out, "text/event-stream; charset=utf-8");
    for (String event : events) {
      chunk(out, ("data: " + event + "\n\n").getBytes(UTF_8));
    }
    if (whole) {
      chunk(out, "data: [DONE]\n\n".getBytes(UTF_8));
      out.write("0\r\n\r\n".getBytes(UTF_8));
    }
    out.flush();
  }

  private static void head(OutputStream out, String type) throws IOException {
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Type: "
                + type
                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
            .getBytes(UTF_8));
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
  }
}
