package io.aragora.receipt;

import io.aragora.consensus.Conclusion;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Findings;
import io.aragora.consensus.ReasonType;
import io.aragora.consensus.Stakes;
import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a receipt says about one ended debate, as plain values. What was never known is null
 * and becomes an absent marker with its reason; nothing is filled in.
 */
public record Decision(
    DebateId debate,
    Question question,
    List<Choice> options,
    Terms terms,
    List<Seat> panel,
    List<Vote> votes,
    Ending ending,
    List<Dissent> dissents,
    @Nullable String synthesis,
    List<Evidence> evidence,
    Spending spending,
    Oversight oversight,
    Transcript transcript,
    Build build,
    boolean isRehearsal) {
  public Decision {
    options = List.copyOf(options);
    panel = List.copyOf(panel);
    votes = List.copyOf(votes);
    dissents = List.copyOf(dissents);
    evidence = List.copyOf(evidence);
  }

  /** What was asked; {@code text} and {@code context} stay outside the signed payload. */
  public record Question(
      String text,
      @Nullable String context,
      String language,
      String domain,
      String riskTier,
      @Nullable Template template) {}

  /** The template the debate was started from. */
  public record Template(String id, String version, String sha256) {}

  /** One option to choose from; only the id is in the signed payload. */
  public record Choice(String id, String label) {}

  /** What was fixed before anybody answered. */
  public record Terms(
      ConsensusRule rule,
      Stakes stakes,
      int quorum,
      int maxRounds,
      String engineVersion,
      long seed,
      String frameSha256) {}

  /**
   * One place on the panel, judges included (their lens is {@code judge}). Provider and {@code
   * modelRequested} together tell models apart as the engine does; {@code modelActual} is null
   * where the provider did not say.
   */
  public record Seat(
      String seat,
      String lens,
      String family,
      String vendor,
      String provider,
      String modelRequested,
      @Nullable String modelActual,
      String paramsSha256,
      String promptSha256) {}

  /** When a ballot was cast. */
  public enum Phase {
    BLIND,
    FINAL
  }

  /**
   * One seat's ballot as it was cast, in the option ids the engine counted: an empty ranking
   * abstains, the first {@code acceptable} ranks are acceptable; {@code reason} stays outside the
   * signed payload.
   */
  public record Vote(
      String seat,
      Phase phase,
      List<String> ranking,
      int acceptable,
      ReasonType reasonType,
      List<String> evidenceIds,
      @Nullable String reason,
      Instant receivedAt) {
    public Vote {
      ranking = List.copyOf(ranking);
      evidenceIds = List.copyOf(evidenceIds);
    }
  }

  /** A seat that gave no valid answer, and why. */
  public record FailedSeat(String seat, String reason) {}

  /**
   * How it ended, and what the engine counted to get there; {@code findings} is null where the
   * debate ended before there was anything to count.
   */
  public record Ending(
      Conclusion conclusion, @Nullable Findings findings, List<FailedSeat> failedSeats) {
    public Ending {
      failedSeats = List.copyOf(failedSeats);
    }
  }

  /** A losing seat's own words, kept outside the signed payload. */
  public record Dissent(String seat, String text, @Nullable String severity) {}

  /** One thing the panel could cite; {@code isChecked} means a quotation from it was verified. */
  public record Evidence(
      String id, String kind, String sha256, String sourceClass, boolean isChecked, String trust) {}

  /** What the debate was allowed to cost, what was set aside, and what was spent. */
  public record Spending(
      Money cap,
      Money held,
      Money spent,
      String priceTableSha256,
      int calls,
      Tokens tokens,
      Uncertain uncertain) {}

  /**
   * Calls of which nobody knows what they used, charged at their bound: the answer told no usage,
   * or the call was cut off and, where a seat was still wanted, asked once more.
   */
  public record Uncertain(int calls, Money charged) {
    public static final Uncertain NONE = new Uncertain(0, Money.ZERO);
  }

  /** Who took responsibility. */
  public enum Disposition {
    AUTONOMOUS,
    HUMAN_ATTESTED,
    HUMAN_OVERRIDDEN
  }

  /** Whether and how a human took responsibility; the name stays outside the signed payload. */
  public record Oversight(
      Disposition disposition,
      @Nullable String attestor,
      @Nullable String role,
      @Nullable Instant at,
      @Nullable String method) {
    /** Nobody attested to anything. */
    public static Oversight autonomous() {
      return new Oversight(Disposition.AUTONOMOUS, null, null, null, null);
    }
  }

  /** Where the debate's own record stands: its events are counted, hashed and chained. */
  public record Transcript(
      int eventCount,
      @Nullable String merkleRoot,
      String headHash,
      @Nullable Instant retentionUntil) {}

  /** What ran. */
  public record Build(
      String version,
      @Nullable String gitSha,
      @Nullable String sbomSha256,
      @Nullable String imageDigest) {}
}
