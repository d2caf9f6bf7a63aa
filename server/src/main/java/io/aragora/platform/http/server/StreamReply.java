package io.aragora.platform.http.server;

import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Problem;
import io.aragora.platform.http.Reply;
import io.aragora.platform.json.Json;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a stream; a fault after its start goes to the reader as {@code event: error}. */
final class StreamReply {
  private final ServerRequest request;
  private final ServerResponse response;
  private final String requestId;

  StreamReply(ServerRequest request, ServerResponse response, String requestId) {
    this.request = request;
    this.response = response;
    this.requestId = requestId;
  }

  void send(Reply.StreamBody body) {
    response.header(HeaderNames.CONTENT_TYPE, body.mediaType());
    response.header("X-Accel-Buffering", "no");
    try (var out = new Line(response.outputStream())) {
      try {
        body.writer().writeTo(out);
      } catch (RuntimeException wrong) {
        if (out.broken || !body.mediaType().startsWith("text/event-stream")) {
          throw wrong;
        }
        out.write(event(Problems.refusal(wrong)));
        out.flush();
      }
    } catch (IOException | RuntimeException gone) {
      // Either the reader left, or an answer that is no event stream broke: cut it off visibly.
      throw new CloseConnectionException("the stream ended early", gone);
    }
  }

  private byte[] event(Refusal refusal) {
    String problem = Json.text(Problem.of(refusal, request.path().rawPath(), requestId));
    return ("event: error\ndata: " + problem + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Remembers whether the line itself broke: then there is nobody to tell. */
  private static final class Line extends FilterOutputStream {
    private boolean broken;

    private Line(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      noticing(() -> out.write(bytes, from, length));
    }

    @Override
    public void write(int one) throws IOException {
      noticing(() -> out.write(one));
    }

    @Override
    public void flush() throws IOException {
      noticing(out::flush);
    }

    private void noticing(Step step) throws IOException {
      try {
        step.run();
      } catch (IOException | RuntimeException bad) {
        broken = true;
        throw bad instanceof RuntimeException ? new IOException(bad) : (IOException) bad;
      }
    }

    private interface Step {
      void run() throws IOException;
    }
  }
}
