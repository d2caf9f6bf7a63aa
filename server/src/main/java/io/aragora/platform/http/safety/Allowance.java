package io.aragora.platform.http.safety;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * What one caller has left after this request, as the RateLimit header fields tell it: {@code
 * quota} requests in each {@code window}, {@code left} of them now, all of them after {@code full}.
 * Where this request was one too many, {@code pause} says when the next one is not.
 */
public record Allowance(
    String policy, long quota, Duration window, long left, Duration full, Duration pause) {
  /** Refuses the request that was one too many. */
  public void require() {
    if (!pause.isZero()) {
      throw Refusal.retryLater(
          ErrorCode.TOO_MANY_REQUESTS,
          "a %s may make %d requests in %d seconds on this node"
              .formatted(policy, quota, window.toSeconds()),
          pause);
    }
  }

  /** The fields of draft-ietf-httpapi-ratelimit-headers. */
  public void tell(BiConsumer<String, String> header) {
    header.accept(
        "RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(policy, quota, window.toSeconds()));
    header.accept("RateLimit", "\"%s\";r=%d;t=%d".formatted(policy, left, up(full)));
  }

  private static long up(Duration time) {
    return time.plusNanos(999_999_999).toSeconds();
  }
}
