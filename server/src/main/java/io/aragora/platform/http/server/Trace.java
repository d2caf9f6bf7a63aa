package io.aragora.platform.http.server;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.safety.Allowance;
import io.aragora.platform.http.sender.Sender;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes known of one request on its way, for its answer, the log and the meters. */
final class Trace {
  private final String requestId;
  private final Instant began;
  private final Sender sender;
  private final long nanoBegan = System.nanoTime();
  private @Nullable Operation operation;
  private @Nullable WorkspaceId workspace;
  private @Nullable Allowance allowance;

  Trace(String requestId, Instant began, Sender sender) {
    this.requestId = requestId;
    this.began = began;
    this.sender = sender;
  }

  void matched(Operation found) {
    operation = found;
  }

  void admitted(WorkspaceId found) {
    workspace = found;
  }

  void allowed(Allowance found) {
    allowance = found;
  }

  /** What the caller has left, where requests are counted. */
  Optional<Allowance> allowance() {
    return Optional.ofNullable(allowance);
  }

  String requestId() {
    return requestId;
  }

  Instant began() {
    return began;
  }

  Sender sender() {
    return sender;
  }

  /** The id of the operation, or a name for all requests that met none: never caller's text. */
  String operation() {
    return operation == null ? "none" : operation.id();
  }

  /** The path's template: the path itself would put ids into the log's labels. */
  String route() {
    return operation == null ? "none" : operation.path();
  }

  String workspace() {
    return workspace == null ? "none" : workspace.toString();
  }

  long nanos() {
    return System.nanoTime() - nanoBegan;
  }
}
