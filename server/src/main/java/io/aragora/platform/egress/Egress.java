package io.aragora.platform.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one door to other machines: checked addresses, deadlines and size caps on every call. */
public final class Egress implements AutoCloseable {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final EgressPolicy policy;
  private final NameSource names;
  private final HttpClient guarded;
  private final HttpClient operators;

  public Egress(EgressPolicy policy) {
    this(policy, NameSource.SYSTEM);
  }

  Egress(EgressPolicy policy, NameSource names) {
    this.policy = policy;
    this.names = names;
    this.guarded = client(GuardedResolver.guarded(names));
    this.operators = client(task -> Thread.ofVirtual().start(task));
  }

  /** Sends the request and gives the reply as soon as its head is there, or EgressFault. */
  public EgressReply send(EgressRequest request, Deadline deadline) {
    EgressRequest now = request;
    for (int left = request.redirects(); ; left--) {
      EgressReply reply = exchange(now, deadline);
      Optional<URI> target = left == 0 ? Optional.empty() : redirection(now, reply);
      if (target.isEmpty()) {
        return reply;
      }
      reply.close();
      now = redirected(now, target.get());
    }
  }

  @Override
  public void close() {
    guarded.shutdownNow();
    operators.shutdownNow();
  }

  private EgressReply exchange(EgressRequest request, Deadline deadline) {
    if (deadline.hasPassed()) {
      throw new EgressFault(EgressFault.Kind.TIMEOUT, "the deadline had passed before the call");
    }
    HttpClient client = admitted(request.uri());
    // Never send(): that one looks the name up on this thread, which the guard does not see.
    CompletableFuture<HttpResponse<ArrivingBody>> arriving =
        client.sendAsync(
            http(request), head -> new ArrivingBody(deadline, request.maxReplyBytes()));
    try {
      return new ArrivingReply(arriving.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException failed) {
      throw Faults.of(failed);
    } catch (TimeoutException late) {
      arriving.cancel(true);
      throw new EgressFault(EgressFault.Kind.TIMEOUT, "no reply in time", late);
    } catch (InterruptedException stopped) {
      arriving.cancel(true);
      throw Faults.interrupted();
    }
  }

  /** The client that may be used for this address: the operator's origins are not judged. */
  private HttpClient admitted(URI uri) {
    if (policy.allows(uri)) {
      return operators;
    }
    WebAddress address = WebAddress.of(uri);
    if (!policy.allowsPort(address.port())) {
      throw refused(address, "the port is not one of the web's");
    }
    boolean refused = AddressGuard.refusesLiteral(address.host()).orElseGet(() -> named(address));
    if (refused) {
      throw refused(address, "the address is not public");
    }
    return guarded;
  }

  /** Looked up to say why, not to be safe: what the connection is made to is judged again. */
  private boolean named(WebAddress address) {
    try {
      List<InetAddress> answers = GuardedResolver.judged(names, address.host());
      return answers.stream().anyMatch(AddressGuard::refuses);
    } catch (UnknownHostException unknown) {
      throw new EgressFault(EgressFault.Kind.CONNECT, "unknown host: " + address.host(), unknown);
    }
  }

  private static EgressFault refused(WebAddress address, String why) {
    return new EgressFault(
        EgressFault.Kind.REFUSED_ADDRESS, why + ": " + address.host() + ":" + address.port());
  }

  private static HttpRequest http(EgressRequest request) {
    byte[] body = request.body();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .method(
                request.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    request.headers().forEach(builder::setHeader);
    return builder.build();
  }

  private static Optional<URI> redirection(EgressRequest request, EgressReply reply) {
    if (!REDIRECTS.contains(reply.status())) {
      return Optional.empty();
    }
    try {
      return reply.header("location").map(request.uri()::resolve);
    } catch (IllegalArgumentException notAnAddress) {
      throw new EgressFault(
          EgressFault.Kind.NOT_HTTP, "the redirect names no address", notAnAddress);
    }
  }

  /** Headers, credentials among them, go to the origin they were meant for and to no other. */
  private static EgressRequest redirected(EgressRequest request, URI target) {
    boolean sameOrigin = EgressPolicy.origin(request.uri()).equals(EgressPolicy.origin(target));
    Map<String, String> headers = sameOrigin ? request.headers() : Map.of();
    return new EgressRequest("GET", target, headers, null, request.maxReplyBytes(), 0);
  }

  /** No proxy, cookies, redirects or authenticator of its own: nothing happens unseen. */
  private HttpClient client(Executor executor) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .connectTimeout(policy.connectTimeout())
        .executor(executor)
        .build();
  }
}
