package io.aragora.drill.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.drill.history.HistoryChecker.Journaled;
import io.aragora.drill.history.Operation.EventSeen;
import io.aragora.drill.history.Operation.OpenAcknowledged;
import io.aragora.drill.history.Operation.OpenAsked;
import io.aragora.drill.history.Operation.ReceiptRead;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The checker finds each thing that may not be, and nothing in a history that is as it must be. */
class HistoryCheckerTest {
  private static final UUID DEBATE = new UUID(0, 1);
  private static final UUID OTHER_DEBATE = new UUID(0, 2);
  private static final UUID RECEIPT = new UUID(1, 1);
  private static final UUID OTHER_RECEIPT = new UUID(1, 2);
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String PLACE = DEBATE + "/0/1/draft";

  private final History history = new History();

  @Test
  void findsNothingInAHistoryThatIsAsItMustBe() {
    good();
    assertThat(check()).isEmpty();
  }

  @Test
  void findsAnAcknowledgedDebateWithoutAReceipt() {
    good();
    history.add(new OpenAcknowledged(9, "key-2", OTHER_DEBATE));
    assertThat(check()).containsExactly("debate " + OTHER_DEBATE + " has no receipt");
  }

  @Test
  void findsASecondReceipt() {
    good();
    history.add(new ReceiptRead(9, DEBATE, OTHER_RECEIPT, "aa"));
    assertThat(check())
        .containsExactly(
            "debate %s has receipt %s and receipt %s".formatted(DEBATE, RECEIPT, OTHER_RECEIPT));
  }

  @Test
  void findsAReceiptThatChanged() {
    good();
    history.add(new ReceiptRead(9, DEBATE, RECEIPT, "bb"));
    assertThat(check()).containsExactly("receipt " + RECEIPT + " has changed");
  }

  @Test
  void findsAKeyThatOpenedTwoDebates() {
    good();
    history.add(new OpenAcknowledged(9, "key-1", OTHER_DEBATE));
    history.add(new ReceiptRead(9, OTHER_DEBATE, OTHER_RECEIPT, "aa"));
    assertThat(check())
        .containsExactly(
            "key key-1 opened debate %s and debate %s".formatted(DEBATE, OTHER_DEBATE));
  }

  @Test
  void findsADebateThatTwoKeysOpened() {
    good();
    history.add(new OpenAcknowledged(9, "key-2", DEBATE));
    assertThat(check())
        .containsExactly("debate %s was opened by key key-1 and by key key-2".formatted(DEBATE));
  }

  @Test
  void findsAGapInTheEventsOfAViewer() {
    good();
    history.add(new EventSeen(9, 1, DEBATE, 4, 40));
    assertThat(check())
        .containsExactly("viewer 1 of debate %s saw event 4 where 3 comes next".formatted(DEBATE));
  }

  @Test
  void findsAnEventThatAViewerSawTwice() {
    good();
    history.add(new EventSeen(9, 1, DEBATE, 2, 20));
    assertThat(check())
        .containsExactly("viewer 1 of debate %s saw event 2 where 3 comes next".formatted(DEBATE));
  }

  @Test
  void findsAViewerWhoWasNotGivenTheFirstEvent() {
    good();
    history.add(new EventSeen(9, 2, DEBATE, 2, 20));
    assertThat(check())
        .containsExactly("viewer 2 of debate %s saw event 2 where 1 comes next".formatted(DEBATE));
  }

  @Test
  void findsAnEventWithTwoContents() {
    good();
    history.add(new EventSeen(9, 2, DEBATE, 1, 11));
    assertThat(check())
        .containsExactly("event 1 of debate %s was seen with two contents".formatted(DEBATE));
  }

  @Test
  void findsACallThatWasAskedTwice() {
    good();
    var call = call("call-1", NOON);
    assertThat(HistoryChecker.check(history, Map.of("call-1", List.of(call, call)), List.of()))
        .containsExactly("call id 'call-1' was asked 2 times");
  }

  @Test
  void findsACallWithoutAnId() {
    good();
    assertThat(HistoryChecker.check(history, Map.of("", List.of(call("", NOON))), List.of()))
        .containsExactly("call id '' was asked 1 times");
  }

  @Test
  void findsAPlaceThatWasAskedAgainAfterItsAnswerWasStored() {
    good();
    var paid =
        Map.of(
            "call-1", List.of(call("call-1", NOON)),
            "call-2", List.of(call("call-2", NOON.plusSeconds(2))));
    var journal =
        List.of(
            new Journaled("call-1", PLACE, NOON.plusSeconds(1)),
            new Journaled("call-2", PLACE, Journaled.NEVER));
    assertThat(HistoryChecker.check(history, paid, journal))
        .containsExactly(
            PLACE + " was asked by call call-2 after the answer of call call-1 was stored");
  }

  @Test
  void findsNothingWhereACallOfUnknownEndWasAskedOnceMore() {
    good();
    var paid =
        Map.of(
            "call-1", List.of(call("call-1", NOON)),
            "call-2", List.of(call("call-2", NOON.plusSeconds(2))));
    var journal =
        List.of(
            new Journaled("call-1", PLACE, Journaled.NEVER),
            new Journaled("call-2", PLACE, NOON.plusSeconds(3)));
    assertThat(HistoryChecker.check(history, paid, journal)).isEmpty();
  }

  private List<String> check() {
    return HistoryChecker.check(history, Map.of(), List.of());
  }

  private void good() {
    history.add(new OpenAsked(1, "key-1"));
    history.add(new OpenAcknowledged(2, "key-1", DEBATE));
    history.add(new EventSeen(3, 1, DEBATE, 1, 10));
    history.add(new EventSeen(4, 1, DEBATE, 2, 20));
    history.add(new ReceiptRead(5, DEBATE, RECEIPT, "aa"));
    history.add(new ReceiptRead(6, DEBATE, RECEIPT, "aa"));
  }

  private static PaidCall call(String id, Instant began) {
    return new PaidCall(id, "/v1/chat/completions", began, 1, 500, 100);
  }
}
