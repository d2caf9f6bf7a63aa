package io.aragora.platform.http.server;

import io.aragora.platform.http.guard.Descriptors;
import io.aragora.platform.http.guard.SlowClients;
import io.aragora.platform.http.safety.SafetyHeaders;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;

/** How the two sockets listen: strict HTTP/1.1 under watch, with every limit set. */
record Sockets(HttpOptions options, HttpParts parts, SlowClients guard, SafetyHeaders safety) {
  static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_REQUEST_LINE = 4 * 1024;
  private static final int MANAGEMENT_CONNECTIONS = 64;
  private static final int SPARE = 64;

  void open(ListenerConfig.BuilderBase<?, ?> socket, HttpRouting.Builder routing) {
    strict(socket)
        .host(options.host())
        .port(options.port())
        .maxPayloadSize(options.maxPayloadBytes())
        .maxTcpConnections(Descriptors.connections(options.maxConnections()))
        // Permits answer with a problem; this limit only stands behind them.
        .maxConcurrentRequests(options.maxConcurrentRequests() + options.maxStreams() + SPARE)
        .shutdownGracePeriod(options.shutdownGrace())
        .routing(routing);
  }

  ListenerConfig management() {
    ListenerConfig.Builder socket = ListenerConfig.builder();
    strict(socket)
        .host(options.managementHost())
        .port(options.managementPort())
        .maxPayloadSize(0)
        .maxTcpConnections(MANAGEMENT_CONNECTIONS)
        .maxConcurrentRequests(MANAGEMENT_CONNECTIONS)
        .routing(Management.routing(parts, safety));
    return socket.buildPrototype();
  }

  private ListenerConfig.BuilderBase<?, ?> strict(ListenerConfig.BuilderBase<?, ?> socket) {
    return socket
        .backlog(1024)
        .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
        .protocolsDiscoverServices(false)
        // The only selector: the server then hands connections over before their first byte.
        .addConnectionSelector(guard.over(http1()))
        .directHandlers(ProtocolProblems.handlers(parts.clock(), safety));
  }

  private static Http1ConnectionSelector http1() {
    return Http1ConnectionSelector.builder()
        .config(
            Http1Config.builder()
                .maxHeadersSize(MAX_HEADERS)
                .maxPrologueLength(MAX_REQUEST_LINE)
                .validateRequestHeaders(true)
                .validateResponseHeaders(true)
                .continueImmediately(false)
                .build())
        .build();
  }
}
