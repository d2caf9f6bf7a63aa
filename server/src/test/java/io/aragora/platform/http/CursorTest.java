package io.aragora.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import org.junit.jupiter.api.Test;

final class CursorTest {
  @Test
  void givesBackWhatItPacked() {
    assertThat(Cursor.decode(Cursor.encode("2026-11-23T12:00:00Z", "", "x y"), 3))
        .containsExactly("2026-11-23T12:00:00Z", "", "x y");
  }

  @Test
  void refusesEveryCursorWithOneLetterChanged() {
    String cursor = Cursor.encode("41", "42");
    for (int at = 0; at < cursor.length(); at++) {
      var changed = new StringBuilder(cursor);
      changed.setCharAt(at, cursor.charAt(at) == 'A' ? 'B' : 'A');
      if (!changed.toString().equals(cursor)) {
        assertRefused(changed.toString(), 2);
      }
    }
  }

  @Test
  void refusesACursorOfAnotherList() {
    assertRefused(Cursor.encode("1"), 2);
    assertRefused("", 1);
    assertRefused("%%%", 1);
    assertRefused("A".repeat(5_000), 1);
  }

  private static void assertRefused(String cursor, int parts) {
    assertThatThrownBy(() -> Cursor.decode(cursor, parts))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.INVALID_QUERY));
  }
}
