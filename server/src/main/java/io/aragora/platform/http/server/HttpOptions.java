package io.aragora.platform.http.server;

import io.aragora.platform.http.safety.Exposure;
import java.time.Duration;

/**
 * Where the server listens and how much it lets in. A port of 0 takes any free one. Each deadline
 * counts from the first byte of a request's head or body; a body that keeps a decent pace may take
 * longer.
 */
public record HttpOptions(
    String host,
    int port,
    String managementHost,
    int managementPort,
    int maxConnections,
    int maxConcurrentRequests,
    int maxStreams,
    long maxPayloadBytes,
    Duration headerDeadline,
    Duration bodyDeadline,
    Duration shutdownGrace,
    Exposure exposure) {

  /** What a small appliance on two cores can carry. */
  public static HttpOptions standard(
      String host, int port, String managementHost, int managementPort) {
    return new HttpOptions(
        host,
        port,
        managementHost,
        managementPort,
        4_096,
        256,
        2_048,
        16L * 1024 * 1024,
        Duration.ofSeconds(8),
        Duration.ofSeconds(8),
        Duration.ofSeconds(20),
        Exposure.LOCAL);
  }

  /** Loopback on free ports. */
  public static HttpOptions loopback() {
    return standard("127.0.0.1", 0, "127.0.0.1", 0);
  }

  public HttpOptions withDeadlines(Duration header, Duration body) {
    return new HttpOptions(
        host,
        port,
        managementHost,
        managementPort,
        maxConnections,
        maxConcurrentRequests,
        maxStreams,
        maxPayloadBytes,
        header,
        body,
        shutdownGrace,
        exposure);
  }

  /** How long running requests may go on once the server closes. */
  public HttpOptions withShutdownGrace(Duration grace) {
    return new HttpOptions(
        host,
        port,
        managementHost,
        managementPort,
        maxConnections,
        maxConcurrentRequests,
        maxStreams,
        maxPayloadBytes,
        headerDeadline,
        bodyDeadline,
        grace,
        exposure);
  }

  public HttpOptions withLimits(int connections, int requests, int streams) {
    return new HttpOptions(
        host,
        port,
        managementHost,
        managementPort,
        connections,
        requests,
        streams,
        maxPayloadBytes,
        headerDeadline,
        bodyDeadline,
        shutdownGrace,
        exposure);
  }

  public HttpOptions withExposure(Exposure to) {
    return new HttpOptions(
        host,
        port,
        managementHost,
        managementPort,
        maxConnections,
        maxConcurrentRequests,
        maxStreams,
        maxPayloadBytes,
        headerDeadline,
        bodyDeadline,
        shutdownGrace,
        to);
  }
}
