package io.aragora.access.session;

import io.aragora.platform.http.Call;
import java.util.Optional;

/**
 * What a browser sends along that signs somebody in: its name, and its cookies, maybe of before.
 */
public record Browser(Optional<String> agent, Optional<String> cookies) {
  /** One that says nothing. */
  public static final Browser SILENT = new Browser(Optional.empty(), Optional.empty());

  public static Browser of(Call call) {
    return new Browser(call.header("User-Agent"), call.header("Cookie"));
  }

  @Override
  public String toString() {
    return "a browser";
  }
}
