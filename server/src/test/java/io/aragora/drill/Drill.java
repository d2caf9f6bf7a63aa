package io.aragora.drill;

import io.aragora.drill.check.DrillReport;
import java.util.Map;

/** One thing that may happen to a running appliance, done to it on purpose. */
public interface Drill {
  String name();

  /** One line for {@code ops/drill --list}. */
  String about();

  /** How often it is done where nobody says. */
  default int usualCount() {
    return 1;
  }

  /** What else can be asked for: names of options and what each means. */
  default Map<String, String> options() {
    return Map.of();
  }

  /** Does it and reports; {@link MachineCannot} where this machine lacks what it needs. */
  DrillReport run(DrillPlan plan) throws Exception;
}
