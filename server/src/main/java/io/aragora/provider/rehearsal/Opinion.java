package io.aragora.provider.rehearsal;

import io.aragora.provider.rehearsal.Material.Option;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How strongly the material speaks for each option, as one stance reads it. A sentence counts for
 * the options it names; where the choice is to do a thing or not, praise counts for doing it and
 * blame for leaving it, and a conditional yes lives on what both sides have in common.
 */
final class Opinion {
  private static final Set<String> LEAVING =
      Set.of(
          "no", "not", "reject", "decline", "never", "stay", "keep", "wait", "against", "cancel",
          "stop", "refuse", "remain", "don't", "skip");
  private static final Set<String> DOING =
      Set.of(
          "yes", "approve", "accept", "adopt", "proceed", "go", "buy", "hire", "launch", "migrate",
          "switch", "do", "ship", "invest", "support", "start", "build", "sign", "move");
  private static final Set<String> PARTLY =
      Set.of("conditions", "conditional", "pilot", "trial", "partial", "partly", "phased", "defer");

  private enum Side {
    DOING,
    LEAVING,
    PARTLY,
    NAMED
  }

  private final Stance stance;
  private final Map<String, Double> scores = new LinkedHashMap<>();
  private final Map<String, Side> sides = new HashMap<>();
  private final Map<String, List<String>> keys = new HashMap<>();
  private double praise;
  private double blame;

  Opinion(Stance stance, List<Option> options, long seed) {
    this.stance = stance;
    Map<String, List<String>> words = new LinkedHashMap<>();
    options.forEach(option -> words.put(option.id(), words(option)));
    boolean polar = isPolar(options);
    for (Option option : options) {
      Side side = polar ? side(option) : Side.NAMED;
      sides.put(option.id(), side);
      keys.put(option.id(), telling(option.id(), words));
      // Less than any reason: decides only between options nobody said a word about.
      double chance = (hash(seed, option.id()) >>> 40) / (double) (1 << 24) / 100;
      scores.put(option.id(), chance + lean(side));
    }
  }

  private double lean(Side side) {
    return switch (side) {
      case DOING -> stance.leaning();
      case LEAVING -> -stance.leaning();
      case PARTLY, NAMED -> 0;
    };
  }

  /** Takes a sentence into account, {@code times} as much as usual. */
  void hear(Sentence sentence, double times) {
    double weight = stance.weighs(sentence) * times;
    praise += Math.max(0, weight);
    blame += Math.max(0, -weight);
    scores.replaceAll((id, score) -> score + effect(sentence, id) * times);
  }

  /** What a sentence does for an option: above zero it helps. */
  double effect(Sentence sentence, String id) {
    double weight = stance.weighs(sentence);
    List<String> named =
        keys.keySet().stream().filter(each -> sentence.mentionsAny(telling(each))).toList();
    return switch (sides.getOrDefault(id, Side.NAMED)) {
      case DOING -> weight;
      case LEAVING -> -weight;
      case PARTLY -> 0;
      case NAMED -> !named.contains(id) ? 0 : (weight + 0.1 * Math.signum(weight)) / named.size();
    };
  }

  /** The sentences that help an option, the strongest first. */
  List<Weighed> speakingFor(String id, List<Sentence> sentences) {
    return sentences.stream()
        .map(sentence -> new Weighed(sentence, effect(sentence, id)))
        .filter(weighed -> weighed.effect() > 0)
        .sorted(Comparator.comparingDouble(weighed -> -weighed.effect()))
        .toList();
  }

  /** The sentence that hurts an option most. */
  Optional<Weighed> speakingAgainst(String id, List<Sentence> sentences) {
    return sentences.stream()
        .map(sentence -> new Weighed(sentence, effect(sentence, id)))
        .filter(weighed -> weighed.effect() < 0)
        .min(Comparator.comparingDouble(Weighed::effect));
  }

  /** A sentence and what it does for an option. */
  record Weighed(Sentence sentence, double effect) {}

  /** The options, best first. */
  List<String> ranking() {
    return scores.keySet().stream()
        .sorted(Comparator.comparingDouble((String id) -> -score(id)).thenComparing(id -> id))
        .toList();
  }

  double score(String id) {
    double common = sides.get(id) == Side.PARTLY ? 0.9 * Math.min(praise, blame) : 0;
    return scores.getOrDefault(id, 0.0) + common;
  }

  /** From 0.5, nothing between the first two, towards 0.95. */
  double confidence() {
    List<String> order = ranking();
    if (order.size() < 2) {
      return 0.5;
    }
    double lead = score(order.get(0)) - score(order.get(1));
    double sure = 0.5 + 0.45 * lead / (lead + 2);
    return Math.round(sure * 100) / 100.0;
  }

  /** Whether the material said anything that bears on the choice. */
  boolean isInformed() {
    return praise + blame > 0;
  }

  private List<String> telling(String id) {
    return keys.getOrDefault(id, List.of());
  }

  /** The words that tell one option from all the others. */
  private static List<String> telling(String id, Map<String, List<String>> words) {
    return words.getOrDefault(id, List.of()).stream()
        .distinct()
        .filter(Words::tells)
        .filter(
            word ->
                words.entrySet().stream()
                    .noneMatch(
                        other -> !other.getKey().equals(id) && other.getValue().contains(word)))
        .toList();
  }

  /** An option is named by its label and by its id. */
  private static List<String> words(Option option) {
    List<String> words = new ArrayList<>(Words.of(option.label()));
    words.addAll(Words.of(option.id().replace('-', ' ').replace('_', ' ')));
    return words;
  }

  private static boolean isPolar(List<Option> options) {
    List<Side> all = options.stream().map(Opinion::side).toList();
    return all.contains(Side.DOING) && all.contains(Side.LEAVING);
  }

  private static Side side(Option option) {
    List<String> words = words(option);
    if (words.stream().anyMatch(PARTLY::contains)) {
      return Side.PARTLY;
    }
    if (words.stream().anyMatch(word -> LEAVING.contains(word) || word.endsWith("n't"))) {
      return Side.LEAVING;
    }
    return words.stream().anyMatch(DOING::contains) ? Side.DOING : Side.NAMED;
  }

  private static long hash(long seed, String text) {
    long mixed = seed * 0x9E3779B97F4A7C15L + text.hashCode();
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
