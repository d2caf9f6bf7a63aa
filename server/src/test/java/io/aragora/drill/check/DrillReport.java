package io.aragora.drill.check;

import io.aragora.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a drill found: figures by name, and everything that was not as it must be. */
public final class DrillReport {
  private static final boolean TIMES_ARE_TOLD = "told".equals(System.getProperty("drill.times"));

  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Map<String, String> slow = new LinkedHashMap<>();

  public DrillReport figure(String name, Object value) {
    figures.put(name, value);
    return this;
  }

  /** Demands something; {@code fault} says what is wrong where it does not hold. */
  public DrillReport demand(boolean holds, String what, String fault) {
    if (!holds) {
      faults.put(what, fault);
    }
    return this;
  }

  /**
   * Demands that something took no longer than it may. A short run on a machine that does other
   * work is no measurement: with {@code -Ddrill.times=told} it is told and not demanded.
   */
  public DrillReport demandInTime(boolean holds, String what, String fault) {
    if (!holds && TIMES_ARE_TOLD) {
      slow.put(what, fault);
      return this;
    }
    return demand(holds, what, fault);
  }

  /** Takes over what the invariants and the history say, and demands that all is well. */
  public DrillReport findings(Map<String, String> invariants, List<String> history) {
    figure("invariants", invariants);
    figure("history", history.isEmpty() ? "ok" : history.stream().limit(20).toList());
    invariants.forEach((name, finding) -> demand(finding.equals("ok"), name, finding));
    return demand(history.isEmpty(), "history", history.size() + " violations");
  }

  public boolean isMet() {
    return faults.isEmpty();
  }

  /** One line of JSON; {@code first} comes first. */
  public String json(Map<String, ?> first, double seconds) {
    var all = new LinkedHashMap<String, Object>(first);
    all.putAll(figures);
    all.put("duration_s", Math.round(seconds * 10) / 10.0);
    all.put("met", isMet());
    if (!isMet()) {
      all.put("not_met", faults);
    }
    if (!slow.isEmpty()) {
      all.put("too_slow", slow);
    }
    return Json.text(all);
  }

  /** The same for people. */
  public String text() {
    var text = new StringBuilder();
    figures.forEach((name, value) -> text.append("%-18s %s%n".formatted(name, value)));
    faults.forEach((name, fault) -> text.append("NOT MET %s: %s%n".formatted(name, fault)));
    slow.forEach((name, fault) -> text.append("too slow %s: %s%n".formatted(name, fault)));
    return text.append(isMet() ? "met" : "not met").toString();
  }
}
