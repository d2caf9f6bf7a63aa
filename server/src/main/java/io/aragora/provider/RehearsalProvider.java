package io.aragora.provider;

import io.aragora.platform.egress.Deadline;
import io.aragora.provider.rehearsal.Rehearsal;
import io.aragora.provider.rehearsal.Stance;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The built-in panel: models of one vendor that argue from the brief's own words, for free. One of
 * them has a price, which nobody is paid: with it, caps and refusals can be rehearsed too.
 */
final class RehearsalProvider implements ModelProvider {
  private static final String VENDOR = "rehearsal";
  private static final long CONTEXT = 1_000_000;
  private static final int PIECE = 24;
  private static final int LETTERS = 8;

  /** A million micro-dollars for a million tokens in, five for as many out. */
  private static final Price PRETENDED = new Price(1_000_000, 5_000_000);

  /** A model of the panel: how it usually reads, which it resembles, and what it costs. */
  private record Seat(String name, Stance stance, String family, Price price) {
    Seat(String name, Stance stance, String family) {
      this(name, stance, family, Price.FREE);
    }
  }

  private static final List<Seat> PANEL =
      List.of(
          new Seat("rehearsal-1", Stance.VALUE, "rehearsal-advocate"),
          new Seat("rehearsal-2", Stance.RISK, "rehearsal-sceptic"),
          new Seat("rehearsal-3", Stance.COST, "rehearsal-analyst"),
          new Seat("rehearsal-4", Stance.EVIDENCE, "rehearsal-examiner"),
          new Seat("rehearsal-5", Stance.REVERSIBILITY, "rehearsal-sceptic"),
          new Seat("rehearsal-priced", Stance.EVIDENCE, "rehearsal-examiner", PRETENDED));

  static List<Model> models(String provider) {
    return PANEL.stream()
        .map(
            seat ->
                new Model(
                    seat.name(),
                    provider,
                    seat.name(),
                    VENDOR,
                    seat.family(),
                    seat.price(),
                    CONTEXT,
                    ProviderKind.REHEARSAL))
        .toList();
  }

  @Override
  public Answer ask(Ask ask, Deadline deadline, TokenSink sink) {
    Seat seat =
        PANEL.stream()
            .filter(each -> each.name().equals(ask.modelId()))
            .findFirst()
            .orElseThrow(
                () ->
                    ProviderFailure.unbilled(
                        ProviderFailure.Kind.REFUSED,
                        "no model of the panel is " + ask.modelId(),
                        ProviderFailure.Retry.NEVER));
    String text = answer(ask, new Rehearsal(ask.material(), seat.stance(), ask.seed()));
    tell(text, deadline, sink);
    long read = tokens(ask.system()) + tokens(ask.material());
    return new Answer(
        text, Usage.of(read, tokens(text)), seat.name(), FinishReason.STOP, List.of());
  }

  private static String answer(Ask ask, Rehearsal rehearsal) {
    return switch (ask.kind()) {
      case DRAFT -> rehearsal.draft();
      case CHALLENGE -> rehearsal.challenge();
      case BALLOT -> rehearsal.ballot();
      case EDIT -> rehearsal.edit();
    };
  }

  /** In small pieces, as a model would; whole code points only. */
  private static void tell(String text, Deadline deadline, TokenSink sink) {
    int[] points = text.codePoints().toArray();
    IntStream.iterate(0, at -> at < points.length, at -> at + PIECE)
        .forEach(
            at -> {
              if (deadline.hasPassed()) {
                throw ProviderFailure.billed(
                    ProviderFailure.Kind.TIMEOUT, "the deadline passed", Usage.NONE);
              }
              sink.text(new String(points, at, Math.min(PIECE, points.length - at)));
            });
  }

  /** Counted, not billed: a token is a sign, or up to eight letters of a word. */
  static long tokens(String text) {
    long count = 0;
    int letters = 0;
    for (int at = 0; at < text.length(); ) {
      int sign = text.codePointAt(at);
      at += Character.charCount(sign);
      if (isOfWord(sign)) {
        count += letters++ % LETTERS == 0 ? 1 : 0;
      } else {
        letters = 0;
        count += sign == ' ' || sign >= '\t' && sign <= '\r' ? 0 : 1;
      }
    }
    return count;
  }

  private static boolean isOfWord(int sign) {
    return switch (Character.getType(sign)) {
      case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> Character.isLetterOrDigit(sign);
    };
  }
}
