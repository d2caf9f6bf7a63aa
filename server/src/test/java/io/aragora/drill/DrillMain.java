package io.aragora.drill;

import io.aragora.drill.check.DrillReport;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs one drill: progress on standard error, one line of JSON as the last of standard output. */
public final class DrillMain {
  private static final int NOT_MET = 1;
  private static final int USAGE = 2;
  private static final int CANNOT = 3;

  private DrillMain() {}

  public static void main(String[] args) throws Exception {
    System.exit(run(args));
  }

  private static int run(String[] args) throws Exception {
    if (args.length == 1 && args[0].equals("--list")) {
      Drills.all().forEach(DrillMain::describe);
      return 0;
    }
    Drill drill;
    DrillPlan plan;
    try {
      var words = new ArrayDeque<>(List.of(args));
      drill = drill(words);
      plan = plan(drill, words);
    } catch (IllegalArgumentException bad) {
      System.err.println("error: " + bad.getMessage());
      return USAGE;
    }
    return run(drill, plan);
  }

  private static int run(Drill drill, DrillPlan plan) throws Exception {
    plan.say("drill %s, count %d, seed %d".formatted(drill.name(), plan.count(), plan.seed()));
    long start = System.nanoTime();
    try {
      DrillReport report = drill.run(plan);
      System.err.println(report.text());
      System.out.println(report.json(head(drill, plan), (System.nanoTime() - start) / 1e9));
      return report.isMet() ? 0 : NOT_MET;
    } catch (MachineCannot lacking) {
      System.err.println("error: this machine cannot: " + lacking.getMessage());
      return CANNOT;
    }
  }

  private static Map<String, Object> head(Drill drill, DrillPlan plan) {
    var head = new LinkedHashMap<String, Object>();
    head.put("drill", drill.name());
    head.put("count", plan.count());
    head.put("seed", plan.seed());
    return head;
  }

  private static void describe(Drill drill) {
    System.out.printf("%-12s %s%n", drill.name(), drill.about());
    drill
        .options()
        .forEach((name, about) -> System.out.printf("%-12s   --%s N  %s%n", "", name, about));
  }

  private static Drill drill(ArrayDeque<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("name a drill; ops/drill --list shows them");
    }
    String name = words.pop();
    return Drills.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no drill is called %s; ops/drill --list shows them".formatted(name)));
  }

  private static DrillPlan plan(Drill drill, ArrayDeque<String> words) {
    int count = drill.usualCount();
    long seed = new Random().nextInt(1_000_000);
    Map<String, String> options = new HashMap<>();
    while (!words.isEmpty()) {
      String word = words.pop();
      switch (word) {
        // Kept for scripts: the last line is JSON always.
        case "--json" -> {}
        case "--count" -> count = (int) number(word, words, 1, 1_000_000);
        case "--seed" -> seed = number(word, words, 0, Long.MAX_VALUE);
        default -> {
          if (!word.startsWith("--") || !drill.options().containsKey(word.substring(2))) {
            throw new IllegalArgumentException(
                "%s has no option %s; ops/drill --list shows them".formatted(drill.name(), word));
          }
          options.put(word.substring(2), Long.toString(number(word, words, 0, 1_000_000)));
        }
      }
    }
    return new DrillPlan(count, seed, options);
  }

  private static long number(String option, ArrayDeque<String> words, long least, long most) {
    String text = words.isEmpty() ? "nothing" : words.pop();
    if (!text.matches("[0-9]{1,18}")
        || Long.parseLong(text) < least
        || Long.parseLong(text) > most) {
      throw new IllegalArgumentException(
          "%s takes a whole number from %d to %d, not %s".formatted(option, least, most, text));
    }
    return Long.parseLong(text);
  }
}
