package io.aragora.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.egress.EgressFault;
import io.aragora.platform.egress.EgressReply;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a streamed answer together and notices every way in which it is not one. */
final class ChatStream {
  static final int MAX_TEXT = 256 * 1024;
  private static final int MAX_LINE = 1024 * 1024;

  private final TokenSink sink;
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private Usage usage = Usage.UNKNOWN;
  private String model = "";
  private @Nullable FinishReason finish;

  ChatStream(TokenSink sink) {
    this.sink = sink;
  }

  /** A stream of server-sent events, up to {@code [DONE]} or its end. */
  Answer events(EgressReply reply) {
    try {
      Optional<String> line = reply.nextLine(MAX_LINE);
      while (line.isPresent() && !isDone(line.get())) {
        String data = data(line.get());
        line = reply.nextLine(MAX_LINE);
        if (!data.isEmpty()) {
          take(parsed(data, line.isEmpty()));
        }
      }
    } catch (EgressFault fault) {
      // The words are complete; only the count of tokens may still have been on its way.
      if (finish == null || fault.kind() == EgressFault.Kind.TOO_LARGE) {
        throw fault;
      }
    }
    return answer();
  }

  /** A server that does not stream sends the whole at once. */
  Answer whole(String json) {
    take(parsed(json, true));
    return answer();
  }

  private static boolean isDone(String line) {
    return line.startsWith("data:") && line.substring(5).strip().equals("[DONE]");
  }

  private String data(String line) {
    if (line.startsWith("data:")) {
      return line.substring(5).strip();
    }
    boolean known = line.isEmpty() || line.matches("(:|event:|id:|retry:).*");
    if (!known) {
      throw failure(ProviderFailure.Kind.NOT_A_MODEL_ANSWER, "a line is no server-sent event");
    }
    return "";
  }

  private JsonNode parsed(String data, boolean last) {
    try {
      return Json.tree(data);
    } catch (JsonFault bad) {
      throw failure(
          last ? ProviderFailure.Kind.TRUNCATED : ProviderFailure.Kind.NOT_A_MODEL_ANSWER,
          "a chunk is not JSON");
    }
  }

  private void take(JsonNode chunk) {
    if (chunk.hasNonNull("error")) {
      throw failure(ProviderFailure.Kind.UNAVAILABLE, "the provider broke off with an error");
    }
    model = chunk.path("model").asText(model);
    usage = counted(chunk.path("usage"));
    JsonNode choices = chunk.path("choices");
    if (!choices.isArray()) {
      throw failure(ProviderFailure.Kind.NOT_A_MODEL_ANSWER, "a chunk has no choices");
    }
    JsonNode choice = choices.path(0);
    JsonNode said = choice.has("delta") ? choice.path("delta") : choice.path("message");
    if (!said.path("refusal").asText("").isEmpty()) {
      throw failure(ProviderFailure.Kind.REFUSED, "the model refused to answer");
    }
    write(said.path("content").asText(""));
    finish(choice.path("finish_reason").asText(""));
  }

  private Usage counted(JsonNode told) {
    JsonNode input = told.path("prompt_tokens");
    JsonNode output = told.path("completion_tokens");
    boolean counts =
        input.canConvertToExactIntegral()
            && output.canConvertToExactIntegral()
            && input.asLong() >= 0
            && output.asLong() >= 0;
    return counts ? Usage.of(input.asLong(), output.asLong()) : usage;
  }

  private void write(String piece) {
    if (piece.isEmpty()) {
      return;
    }
    if (finish != null) {
      throw failure(ProviderFailure.Kind.NOT_A_MODEL_ANSWER, "there is text after the end");
    }
    bytes += piece.getBytes(UTF_8).length;
    if (bytes > MAX_TEXT) {
      throw failure(
          ProviderFailure.Kind.TOO_LARGE, "the answer is longer than " + MAX_TEXT + " bytes");
    }
    text.append(piece);
    sink.text(piece);
  }

  private void finish(String reason) {
    switch (reason) {
      case "", "null" -> {}
      case "stop" -> finish = FinishReason.STOP;
      case "length" -> finish = FinishReason.LENGTH;
      case "content_filter" ->
          throw failure(ProviderFailure.Kind.REFUSED, "the provider filtered the answer");
      default -> finish = FinishReason.OTHER;
    }
  }

  private Answer answer() {
    FinishReason reason = finish;
    if (reason == null) {
      throw failure(
          bytes == 0 ? ProviderFailure.Kind.EMPTY : ProviderFailure.Kind.TRUNCATED,
          "the answer ends without a finish reason");
    }
    if (text.toString().isBlank()) {
      throw failure(ProviderFailure.Kind.EMPTY, "the answer holds no text");
    }
    return new Answer(text.toString(), usage, printable(model), reason, List.of());
  }

  private ProviderFailure failure(ProviderFailure.Kind kind, String message) {
    return ProviderFailure.billed(kind, message, usage);
  }

  /** A name from outside that will stand in receipts and logs. */
  private static String printable(String name) {
    String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 200 ? clean.substring(0, 200) : clean;
  }
}
