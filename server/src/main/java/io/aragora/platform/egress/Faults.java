package io.aragora.platform.egress;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Names what java.net.http only throws. */
final class Faults {
  private Faults() {}

  static EgressFault of(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case EgressFault known -> known;
      case HttpConnectTimeoutException slow -> fault(EgressFault.Kind.CONNECT, slow);
      case ConnectException none -> fault(EgressFault.Kind.CONNECT, none);
      case SSLHandshakeException none -> fault(EgressFault.Kind.CONNECT, none);
      case SSLPeerUnverifiedException other -> fault(EgressFault.Kind.CONNECT, other);
      case HttpTimeoutException slow -> fault(EgressFault.Kind.TIMEOUT, slow);
      case ProtocolException noise -> fault(EgressFault.Kind.NOT_HTTP, noise);
      case IOException broken -> fault(EgressFault.Kind.RESET, broken);
      case Throwable other -> throw new IllegalStateException("an outside call broke", other);
    };
  }

  /** The thread was told to stop: keep saying so, and end the call like a passed deadline. */
  static EgressFault interrupted() {
    Thread.currentThread().interrupt();
    return new EgressFault(EgressFault.Kind.TIMEOUT, "the caller was told to stop");
  }

  private static EgressFault fault(EgressFault.Kind kind, Exception cause) {
    String said = cause.getMessage();
    return new EgressFault(kind, said == null ? cause.getClass().getSimpleName() : said, cause);
  }
}
