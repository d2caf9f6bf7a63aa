package io.aragora.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.Access;
import io.aragora.access.Permission;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Routes;
import io.aragora.platform.http.server.HttpOptions;
import io.aragora.platform.http.server.HttpParts;
import io.aragora.platform.http.server.HttpServer;
import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Meters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A real server on loopback with one feature's routes; every answer is held against its spec. */
public final class RoutesServer implements AutoCloseable {
  private final Access access;
  private final HttpServer server;
  private final ResponseValidator validator;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public RoutesServer(TestDatabase test, Routes routes) {
    access = new Access(test.database(), UUID::randomUUID, InstantSource.system());
    validator = ResponseValidator.of(routes.endpoints().stream().map(Endpoint::operation).toList());
    server =
        HttpServer.start(
            HttpOptions.loopback(),
            List.of(routes),
            new HttpParts(
                access.security(List.of()),
                test.database(),
                new Health(List.of(), List.of()),
                Meters.create(),
                UUID::randomUUID,
                InstantSource.system(),
                "0.1.0"));
  }

  /** The secret of a new key with those permissions. */
  public String key(WorkspaceId workspace, Set<Permission> permissions) {
    return access
        .createKey(
            workspace, new ActorId(UUID.randomUUID()), "test", permissions, Duration.ofDays(1))
        .secret();
  }

  public HttpRequest.Builder to(String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Bearer " + key)
        .timeout(Duration.ofSeconds(20));
  }

  public HttpResponse<String> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(
              validator.faults(
                  request.method(),
                  request.uri().getPath(),
                  answer.statusCode(),
                  answer.headers().firstValue("Content-Type").orElse(""),
                  answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .as(request + " answered " + answer.statusCode() + " " + answer.body())
          .isEmpty();
      return answer;
    } catch (IOException bad) {
      throw new java.io.UncheckedIOException(bad);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
