package io.aragora.platform.http.server;

import io.aragora.kernel.Doer;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Admitted;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.safety.RateLimits;
import io.aragora.platform.observe.DoerScope;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The steps from a matched request to its reply, in the order in which they may say no. */
final class Pipeline {
  private final HttpParts parts;
  private final Idempotency idempotency;
  private final RateLimits limits;

  Pipeline(HttpParts parts, Idempotency idempotency, RateLimits limits) {
    this.parts = parts;
    this.idempotency = idempotency;
    this.limits = limits;
  }

  Reply answer(Endpoint endpoint, ServerRequest request, Incoming incoming, Trace trace) {
    Operation operation = endpoint.operation();
    refuseWhenTurningAway(operation);
    Optional<Admitted> admitted = recognize(operation, request, trace);
    charge(operation, admitted, trace);
    Gate.admit(operation, admitted);
    admitted.ifPresent(caller -> trace.admitted(caller.workspace()));
    return DoerScope.call(
        doer(admitted, trace), () -> admitted(endpoint, request, incoming, trace, admitted));
  }

  /** A forged way in counts against the address it came from. */
  private Optional<Admitted> recognize(Operation operation, ServerRequest request, Trace trace) {
    try {
      return Gate.recognize(operation, request);
    } catch (Refusal forged) {
      charge(operation, Optional.empty(), trace);
      throw forged;
    }
  }

  /** So does one that fails: guessing keys is slowed down before it is answered. */
  private void charge(Operation operation, Optional<Admitted> caller, Trace trace) {
    limits
        .take(operation, caller, trace.sender())
        .ifPresent(
            left -> {
              trace.allowed(left);
              left.require();
            });
  }

  private Reply admitted(
      Endpoint endpoint,
      ServerRequest request,
      Incoming incoming,
      Trace trace,
      Optional<Admitted> admitted) {
    Operation operation = endpoint.operation();
    MediaTypes.checkAccept(operation, request.headers().all(HeaderNames.ACCEPT, List::of));
    Queries.check(operation, request.query());
    byte[] body = incoming.read(operation);
    var call = new HttpCall(request, admitted.orElse(null), body, trace.requestId(), parts.ids());
    Optional<String> key = call.header("Idempotency-Key");
    if (operation.verb().equals("POST")
        && key.isPresent()
        && admitted.filter(Pipeline::isSomewhere).isPresent()) {
      String print = Idempotency.print(operation, request.path().rawPath(), body);
      return idempotency.once(
          admitted.get().workspace(), key.get(), print, id -> run(endpoint, call, id));
    }
    return endpoint.handler().handle(call);
  }

  private static boolean isSomewhere(Admitted caller) {
    return !caller.workspace().equals(Admitted.NOWHERE);
  }

  /** A refusal that is a result, not a slip of the caller, is kept under its key like a success. */
  private static Reply run(Endpoint endpoint, HttpCall call, UUID newId) {
    call.remember(newId);
    try {
      return endpoint.handler().handle(call);
    } catch (Refusal refusal) {
      if (Idempotency.isResult(refusal.code())) {
        return Problems.reply(refusal, call.rawPath(), call.requestId());
      }
      throw refusal;
    }
  }

  private static Doer doer(Optional<Admitted> admitted, Trace trace) {
    return new Doer(
        admitted.map(Admitted::kind).orElse(Doer.Kind.STRANGER),
        admitted.map(Admitted::actor).orElse(Doer.APPLIANCE.actor()),
        Optional.of(trace.sender().address()));
  }

  private void refuseWhenTurningAway(Operation operation) {
    if (parts.health().isTurningAway() && !operation.noun().equals("health")) {
      throw Refusal.retryLater(
          ErrorCode.SHUTTING_DOWN, "this node is stopping", Duration.ofSeconds(1));
    }
  }
}
