package io.aragora.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A correct "no": ends the request with a documented code. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<Fault> faults;
  private final @Nullable Duration retryAfter;

  private Refusal(
      ErrorCode code, String detail, List<Fault> faults, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.faults = List.copyOf(faults);
    this.retryAfter = retryAfter;
  }

  public static Refusal of(ErrorCode code, String detail) {
    return new Refusal(code, detail, List.of(), null);
  }

  public static Refusal of(ErrorCode code, String detail, List<Fault> faults) {
    return new Refusal(code, detail, faults, null);
  }

  public static Refusal retryLater(ErrorCode code, String detail, Duration after) {
    return new Refusal(code, detail, List.of(), after);
  }

  /** A body that parsed but breaks a rule at {@code pointer}. */
  public static Refusal invalid(String pointer, String rule, String message) {
    return of(ErrorCode.INVALID_INPUT, message, List.of(new Fault(pointer, rule, message)));
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<Fault> faults() {
    return faults;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
