package io.aragora.drill;

import java.util.Map;

/** How often, from which seed, and with which options of its own a drill is done. */
public record DrillPlan(int count, long seed, Map<String, String> options) {
  public DrillPlan {
    options = Map.copyOf(options);
  }

  /** A whole number an option gives, or the usual one. */
  public int number(String option, int usual) {
    return Integer.parseInt(options.getOrDefault(option, Integer.toString(usual)));
  }

  /** Progress for people; the result is not said here. */
  public void say(String text) {
    System.err.println(text);
  }
}
