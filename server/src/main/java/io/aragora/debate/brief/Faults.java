package io.aragora.debate.brief;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Fault;
import io.aragora.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything wrong with a request, so that the caller hears of all of it at once. */
final class Faults {
  private final List<Fault> found = new ArrayList<>();

  void add(String pointer, String rule, String message) {
    found.add(new Fault(pointer, rule, message));
  }

  /** Checks a text's length and that it holds no control characters but line ends and tabs. */
  void text(String pointer, @Nullable String text, int least, int most) {
    if (text == null || text.strip().length() < least) {
      add(pointer, "too_short", pointer.substring(1) + " must not be empty");
    } else if (text.length() > most) {
      add(
          pointer,
          "too_long",
          pointer.substring(1) + " may have " + most + " characters, has " + text.length());
    } else if (text.chars().anyMatch(Faults::isControl)) {
      add(pointer, "characters", pointer.substring(1) + " must not hold control characters");
    }
  }

  void number(String pointer, long value, long least, long most) {
    if (value < least || value > most) {
      add(
          pointer,
          "range",
          "%s must be from %d to %d, is %d".formatted(pointer.substring(1), least, most, value));
    }
  }

  void size(String pointer, long size, long least, long most) {
    if (size < least || size > most) {
      add(
          pointer,
          "size",
          "%s must have %d to %d entries, has %d"
              .formatted(pointer.substring(1), least, most, size));
    }
  }

  /** Ends the request if anything was wrong. */
  void refuse() {
    if (!found.isEmpty()) {
      throw Refusal.of(
          ErrorCode.INVALID_INPUT,
          found.size() == 1 ? found.getFirst().message() : found.size() + " fields are not right",
          found);
    }
  }

  private static boolean isControl(int each) {
    return Character.isISOControl(each) && each != '\n' && each != '\r' && each != '\t';
  }
}
