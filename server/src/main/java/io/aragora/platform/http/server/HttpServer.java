package io.aragora.platform.http.server;

import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Routes;
import io.aragora.platform.http.guard.Deadlines;
import io.aragora.platform.http.guard.SlowClients;
import io.aragora.platform.http.safety.RateLimits;
import io.aragora.platform.http.safety.SafetyHeaders;
import io.aragora.platform.observe.Health;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.context.ContextFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.security.SecurityFeature;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The running server: the public socket with all operations, the management socket beside it. */
public final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("aragora.http");

  private final WebServer server;
  private final SlowClients guard;
  private final Health health;
  private final Permits permits;

  private HttpServer(WebServer server, SlowClients guard, Health health, Permits permits) {
    this.server = server;
    this.guard = guard;
    this.health = health;
    this.permits = permits;
  }

  /** Listens at once; ready is what {@code parts.health()} says. */
  public static HttpServer start(HttpOptions options, List<Routes> routes, HttpParts parts) {
    var deadlines = Deadlines.of(options.headerDeadline(), options.bodyDeadline());
    var safety = SafetyHeaders.of(options.exposure());
    var guard =
        new SlowClients(
            deadlines, () -> ProtocolProblems.tooSlow(safety), parts.meters()::connectionCut);
    var permits = new Permits(options);
    var sockets = new Sockets(options, parts, guard, safety);
    try {
      var server =
          WebServer.builder()
              .featuresDiscoverServices(false)
              .addFeature(ContextFeature.create())
              .addFeature(SecurityFeature.builder().security(parts.security()).build())
              .addFeature(Management.feature(parts.health()))
              .shutdownHook(false)
              .update(it -> sockets.open(it, routing(options, permits, routes, parts)))
              .putSocket(Management.SOCKET, sockets.management())
              .build()
              .start();
      if (!server.isRunning()) {
        // Helidon only logs a port that is taken.
        throw new IllegalStateException(
            "cannot listen on %s:%d and %s:%d: is one of the ports taken?"
                .formatted(
                    options.host(),
                    options.port(),
                    options.managementHost(),
                    options.managementPort()));
      }
      LOG.log(
          Level.INFO, "aragora {0} listens on port {1,number,#}", parts.version(), server.port());
      return new HttpServer(server, guard, parts.health(), permits);
    } catch (RuntimeException bad) {
      guard.close();
      throw bad;
    }
  }

  public int port() {
    return server.port();
  }

  public int managementPort() {
    return server.port(Management.SOCKET);
  }

  /** Turns new requests away, lets running ones end within the grace, then closes both sockets. */
  @Override
  public void close() {
    health.turnAway();
    // The web server's own stop interrupts streams before they have said goodbye.
    permits.awaitIdle();
    server.stop();
    guard.close();
  }

  private static HttpRouting.Builder routing(
      HttpOptions options, Permits permits, List<Routes> routes, HttpParts parts) {
    var front = Front.of(options.exposure());
    var pipeline =
        new Pipeline(
            parts,
            new Idempotency(parts.database(), parts.ids(), parts.clock()),
            new RateLimits(options.exposure().rates()));
    var routing = HttpRouting.builder();
    byPath(routes)
        .forEach(
            (path, endpoints) ->
                routing.any(path, new Dispatch(endpoints, pipeline, permits, front, parts)));
    return routing.any(new Dispatch(List.of(), pipeline, permits, front, parts));
  }

  /** Endpoints by path, literal paths before templates that would match them too. */
  private static Map<String, List<Endpoint>> byPath(List<Routes> routes) {
    return routes.stream()
        .flatMap(each -> each.endpoints().stream())
        .collect(
            Collectors.groupingBy(
                each -> each.operation().path(),
                () -> new TreeMap<>(Comparator.comparing(HttpServer::literalsFirst)),
                Collectors.toList()));
  }

  private static String literalsFirst(String path) {
    return path.replace('{', '\uffff');
  }
}
