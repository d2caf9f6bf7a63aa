package io.aragora.platform.observe;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the reference of meters from the one table. */
public final class MeterDocs {
  private MeterDocs() {}

  /** Every meter, as one page. */
  public static String reference() {
    return """
        # Meters

        Generated from the server's own table of meters; a test keeps this page in step, and dashboards and alerts may
        use no others.

        `/metrics` on the management port has them, with those of the Java runtime. With `ARAGORA_METRICS_TOKEN_FILE`
        set, a reader sends its content as a bearer token, and gets 401 without it. A timer gives `_bucket`, `_count`,
        `_sum` and `_max`. A gauge that could not be read for a minute shows `NaN`. What a node reads from the database
        is the same on all nodes: take the `max`, not the `sum`. No meter names a workspace, a person or a question.

        | Scraped as | Kind | Tags | Tells |
        |---|---|---|---|
        """
        + Arrays.stream(Meter.values()).map(MeterDocs::row).collect(Collectors.joining());
  }

  private static String row(Meter meter) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            meter.kind() == Meter.Kind.TIMER ? meter.wire() : meter.series().getFirst(),
            switch (meter.kind()) {
              case TIMER -> "timer";
              case COUNTER, TOTAL -> "counter";
              case GAUGE -> "gauge";
            },
            meter.tags().stream().map("`%s`"::formatted).collect(Collectors.joining(" ")),
            meter.about());
  }
}
