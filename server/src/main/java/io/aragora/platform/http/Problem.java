package io.aragora.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Fault;
import io.aragora.kernel.Refusal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A "no" on the wire: RFC 9457 problem details with our code, always with the same fields. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    String traceId,
    boolean retryable,
    @Nullable Long retryAfterMs,
    List<Fault> errors) {
  public static final String MEDIA_TYPE = "application/problem+json";
  private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);

  public Problem {
    errors = List.copyOf(errors);
  }

  /** The problem that tells of {@code refusal}; {@code instance} is the path asked for. */
  public static Problem of(Refusal refusal, String instance, String traceId) {
    ErrorCode code = refusal.code();
    return new Problem(
        "urn:aragora:error:" + code.wire(),
        code.title(),
        code.status(),
        refusal.detail(),
        instance,
        code.wire(),
        traceId,
        code.isRetryable(),
        code.isRetryable() ? refusal.retryAfter().orElse(DEFAULT_RETRY).toMillis() : null,
        refusal.faults());
  }
}
