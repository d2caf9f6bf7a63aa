package io.aragora.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question that got no usable answer: why, and every request made for it. */
public final class ProviderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as anybody must tell one from another. */
  public enum Kind {
    TIMEOUT,
    UNREACHABLE,
    RATE_LIMITED,
    UNAVAILABLE,
    /** The provider understood and said no: bad request, unknown model, content filter. */
    REFUSED,
    /** Something answered that is not a model: a login page, a proxy's error. */
    NOT_A_MODEL_ANSWER,
    /** The answer stopped before its end. */
    TRUNCATED,
    TOO_LARGE,
    BAD_ENCODING,
    EMPTY,
    /** The answer breaks its schema, also after it was asked again. */
    SCHEMA,
    /** Not asked: this model failed too often just now. */
    BREAKER_OPEN,
    /** The key is missing, wrong or without the right. */
    AUTH;

    /** Whether it says something about the model's health, not about the question. */
    boolean isIllness() {
      return switch (this) {
        case TIMEOUT, UNREACHABLE, RATE_LIMITED, UNAVAILABLE, NOT_A_MODEL_ANSWER, TRUNCATED -> true;
        case REFUSED, TOO_LARGE, BAD_ENCODING, EMPTY, SCHEMA, BREAKER_OPEN, AUTH -> false;
      };
    }
  }

  /** When the same question may be asked again. */
  enum Retry {
    NEVER,
    AT_ONCE,
    LATER
  }

  private final Kind kind;
  private final transient List<Attempt> attempts;
  private final transient Usage usage;
  private final boolean mayBeBilled;
  private final Retry retry;
  private final @Nullable Duration retryAfter;

  private ProviderFailure(
      Kind kind,
      String message,
      List<Attempt> attempts,
      Usage usage,
      boolean mayBeBilled,
      Retry retry,
      @Nullable Duration retryAfter) {
    super(message, null, false, false);
    this.kind = kind;
    this.attempts = List.copyOf(attempts);
    this.usage = usage;
    this.mayBeBilled = mayBeBilled;
    this.retry = retry;
    this.retryAfter = retryAfter;
  }

  /** A failure before any model can have worked on the question. */
  static ProviderFailure unbilled(Kind kind, String message, Retry retry) {
    return new ProviderFailure(kind, message, List.of(), Usage.NONE, false, retry, null);
  }

  /** A failure after the provider took the question: it may charge for it. */
  static ProviderFailure billed(Kind kind, String message, Usage usage) {
    return new ProviderFailure(kind, message, List.of(), usage, true, Retry.NEVER, null);
  }

  ProviderFailure after(Optional<Duration> wait) {
    return new ProviderFailure(
        kind, detail(), attempts, usage, mayBeBilled, retry, wait.orElse(null));
  }

  ProviderFailure withAttempts(List<Attempt> made) {
    boolean billed = made.stream().anyMatch(Attempt::mayBeBilled);
    return new ProviderFailure(kind, detail(), made, usage, billed, retry, retryAfter);
  }

  public Kind kind() {
    return kind;
  }

  /** Every request made, in order; none if the breaker was open. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /** Whether the provider can have charged for any of them. */
  public boolean mayBeBilled() {
    return mayBeBilled;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  Usage usage() {
    return usage;
  }

  Retry retry() {
    return retry;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
