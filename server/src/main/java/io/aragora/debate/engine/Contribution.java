package io.aragora.debate.engine;

import io.aragora.consensus.ReasonType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one seat answered to one move. */
public sealed interface Contribution {
  String seat();

  /** An answer written before its author saw any other; its ranking is the blind ballot. */
  record Draft(String seat, List<String> ranking, int acceptable, String text, List<Claim> claims)
      implements Contribution {
    public Draft {
      ranking = List.copyOf(ranking);
      claims = List.copyOf(claims);
    }
  }

  /** Replies to the claims of two neighbours, and claims of one's own that they brought up. */
  record Challenge(String seat, int round, List<Reply> replies, List<Claim> claims)
      implements Contribution {
    public Challenge {
      replies = List.copyOf(replies);
      claims = List.copyOf(claims);
    }
  }

  /** One reply to one claim. */
  record Reply(
      String claimId, Stance stance, ReasonType reason, @Nullable String evidenceId, String text) {}

  /** What a seat makes of a claim. */
  enum Stance {
    ACCEPT,
    REJECT,
    UNSURE
  }

  /**
   * A ballot cast after the talk; an empty ranking abstains. A changed vote names a claim and a
   * reason. {@code pass} is 1, or 2 for a judge's second order.
   */
  record FinalBallot(
      String seat,
      int pass,
      List<String> ranking,
      int acceptable,
      ReasonType reason,
      @Nullable String claimId,
      String text)
      implements Contribution {
    public FinalBallot {
      ranking = List.copyOf(ranking);
    }
  }

  /** One statement a seat rests its draft on, with the evidence it cites; the id names no seat. */
  public record Claim(String id, String text, List<Citation> citations) {
    public Claim {
      citations = List.copyOf(citations);
    }

    /** One quoted piece of evidence: the item, the source it came from, and how its check went. */
    public record Citation(String evidenceId, String source, Check check, Trust trust) {}

    /** Whether the quoted span stands in the attached item. */
    public enum Check {
      VERIFIED,
      FAILED
    }

    /** Whether the workspace vouches for the source. */
    public enum Trust {
      TRUSTED,
      UNTRUSTED
    }

    /** A claim that cites what is not there is never shown to anyone. */
    public boolean isStruck() {
      for (Citation citation : citations) {
        if (citation.check() == Check.FAILED) {
          return true;
        }
      }
      return false;
    }

    /** An id that tells readers nothing of its author, the same on every replay. */
    public static String id(long seed, String seat, int round, int index) {
      long mixed = Shuffle.mix(seed ^ Shuffle.hash(seat) ^ ((long) round << 32) ^ index);
      return "c" + Long.toHexString(mixed >>> 24);
    }
  }
}
