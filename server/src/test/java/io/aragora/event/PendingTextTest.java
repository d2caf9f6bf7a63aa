package io.aragora.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PendingTextTest {
  private final PendingText pending = new PendingText();

  @Test
  void onlyTheFirstTextAfterAFrameAsksForOne() {
    assertThat(pending.add(1, "draft", "a")).isTrue();
    assertThat(pending.add(2, "draft", "b")).isFalse();
    pending.take();
    assertThat(pending.add(1, "draft", "c")).isTrue();
  }

  @Test
  void joinsPerSeatAndMove() {
    pending.add(1, "draft", "a");
    pending.add(2, "draft", "b");
    pending.add(1, "draft", "c");
    pending.add(1, "ballot", "d");

    assertThat(pending.take())
        .containsExactly(
            new Frame.Text(1, "draft", "ac"),
            new Frame.Text(2, "draft", "b"),
            new Frame.Text(1, "ballot", "d"));
    assertThat(pending.take()).isEmpty();
  }

  @Test
  void aCharacterCutInHalfWaitsForItsOtherHalf() {
    pending.add(1, "draft", "a\uD83D");
    assertThat(pending.take()).containsExactly(new Frame.Text(1, "draft", "a"));
    pending.add(1, "draft", "\uDE00b");
    assertThat(pending.take()).containsExactly(new Frame.Text(1, "draft", "\uD83D\uDE00b"));
  }

  @Test
  void textBeyondTheBoundIsLost() {
    pending.add(1, "draft", "x".repeat(60_000));
    pending.add(1, "draft", "y".repeat(60_000));
    assertThat(pending.take()).containsExactly(new Frame.Text(1, "draft", "x".repeat(60_000)));
  }
}
