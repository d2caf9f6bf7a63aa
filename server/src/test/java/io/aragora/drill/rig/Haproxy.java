package io.aragora.drill.rig;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real HAProxy, set up as docs/how-to/run-several-nodes.md says. */
final class Haproxy implements Proxy {
  private static final String CONFIGURATION =
      """
      defaults
        mode http
        timeout connect 2s
        timeout client 60s
        timeout server 60s
        timeout check 5s
        option redispatch
        retries 3
      frontend api
        bind 127.0.0.1:%d
        default_backend nodes
      backend nodes
        balance roundrobin
        option httpchk
        http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host aragora
        default-server check inter 500ms fall 2 rise 2
      """;

  private final Process process;
  private final URI url;

  private Haproxy(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  static Haproxy start(Path program, List<Integer> nodes, Path home) throws IOException {
    int port = FreePorts.take(1).getFirst();
    var text = new StringBuilder(CONFIGURATION.formatted(port));
    for (int at = 0; at < nodes.size(); at++) {
      text.append("  server node%d 127.0.0.1:%d%n".formatted(at, nodes.get(at)));
    }
    Path file = Files.writeString(home.resolve("haproxy.cfg"), text);
    var process =
        new ProcessBuilder(program.toString(), "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("haproxy.log").toFile())
            .start();
    var haproxy = new Haproxy(process, URI.create("http://127.0.0.1:" + port));
    if (!Until.isTrue(Duration.ofSeconds(20), haproxy::answers)) {
      haproxy.close();
      throw new IllegalStateException(
          "haproxy does not serve: " + Files.readString(home.resolve("haproxy.log")));
    }
    return haproxy;
  }

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private boolean answers() {
    try {
      var asked = (HttpURLConnection) url.resolve("/health/ready").toURL().openConnection();
      return asked.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
