package io.aragora.platform.egress;

/** A call to another machine that did not end in an HTTP reply within its limits. */
public final class EgressFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as the caller must tell one from another. */
  public enum Kind {
    /** The guard does not allow this address; nothing was sent. */
    REFUSED_ADDRESS,
    /** No connection: unknown name, refused, no route, TLS not agreed; nothing was sent. */
    CONNECT,
    /** The deadline passed. */
    TIMEOUT,
    /** The reply is larger than the caller allows. */
    TOO_LARGE,
    /** Something answered, but not in HTTP. */
    NOT_HTTP,
    /** The connection ended before the reply did. */
    RESET,
    /** The reply is not UTF-8 text. */
    BAD_ENCODING
  }

  private final Kind kind;

  EgressFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  EgressFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the other side can have seen the request. */
  public boolean wasSent() {
    return kind != Kind.REFUSED_ADDRESS && kind != Kind.CONNECT;
  }
}
