package io.aragora.budget;

import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import java.util.List;
import java.util.Locale;

/** The ledger's lines of one day, model or debate, added up. */
public record LedgerSum(String key, long calls, Tokens tokens, Money charged, Money excess) {
  /** What lines are put together by. */
  public enum By {
    DAY,
    MODEL,
    DEBATE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The sums, dearest first, and all of the ledger's lines in that time; {@code more} were cut. */
  public record Summary(String by, List<LedgerSum> items, Money total, boolean more) {
    public Summary {
      items = List.copyOf(items);
    }
  }
}
