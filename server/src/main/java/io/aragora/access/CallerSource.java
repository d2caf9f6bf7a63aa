package io.aragora.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One way in: finds the caller in a request's headers, or not; refuses what is forged. */
public interface CallerSource {
  /** A request's verb and headers, as far as they tell who calls. */
  record Head(String verb, Map<String, List<String>> headers) {
    /** The header's only value, if it came exactly once. */
    public Optional<String> only(String name) {
      return headers.entrySet().stream()
          .filter(each -> each.getKey().equalsIgnoreCase(name))
          .flatMap(each -> each.getValue().stream())
          .reduce((one, two) -> "\n")
          .filter(value -> !value.equals("\n"));
    }
  }

  Optional<Caller> caller(Head head);
}
