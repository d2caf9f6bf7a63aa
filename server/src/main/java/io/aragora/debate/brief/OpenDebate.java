package io.aragora.debate.brief;

import io.aragora.kernel.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for. Only the question is required; everything else has a default that the
 * frame of the debate records.
 *
 * @param question 1 to 8,000 characters
 * @param context background for the panel, up to 64,000 characters
 * @param options 2 to 12 choices; without them the panel may approve, reject or approve with
 *     conditions
 * @param open true lets the seats name the options themselves; not together with options
 * @param panel 2 to 5 seats; three of the appliance's models unless told
 * @param rule how ballots decide; chosen from the options unless told
 * @param cap the most this debate may spend, in micro-dollars
 * @param maxRounds challenge rounds, 0 to 2; 1 unless told
 * @param irreversible asks for unanimity and a human attestation
 * @param evidence SHA-256 of texts attached before, up to 20
 * @param seed makes the order of drafts and a rehearsal repeatable
 * @param deadlineSeconds 10 to 3,600
 */
public record OpenDebate(
    String question,
    @Nullable String context,
    @Nullable List<Option> options,
    @Nullable Boolean open,
    @Nullable List<SeatWish> panel,
    @Nullable RuleWish rule,
    @Nullable Money cap,
    @Nullable Integer maxRounds,
    @Nullable Boolean irreversible,
    @Nullable List<String> evidence,
    @Nullable Long seed,
    @Nullable Integer deadlineSeconds,
    @Nullable String language,
    @Nullable String domain,
    @Nullable String riskTier) {

  /** One choice of a brief. */
  public record Option(String id, String label) {}

  /** One place wished for on the panel; the lens is the seat's point of view. */
  public record SeatWish(String model, @Nullable String lens, @Nullable Double temperature) {}

  /** A rule by its name; {@code threshold} is a fraction such as 2/3 where the rule takes one. */
  public record RuleWish(String name, @Nullable String threshold, @Nullable Integer margin) {}
}
