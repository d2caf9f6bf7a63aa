package io.aragora.provider.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text, and which of them praise, blame, turn a meaning round or say nothing. */
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}'\u2019-]*");
  private static final int REACH = 3;
  private static final int MOST = 3;

  private static final List<String> PRAISE =
      stems(
          """
          benefit advantage gain improv save saving faster fastest quick easier easy simpl reliab
          secure safer safe stable proven success succeed profit revenue growth grow efficien
          effectiv cheap afford satisf recommend strong robust scalab matur compatib flexib
          reversib valuab positiv good better best excellent pass exceed productiv opportun win
          approv popular prefer love praise help solv fit on-time healthy\
          """);
  private static final List<String> BLAME =
      stems(
          """
          risk cost expens fail outage incident bug defect slow delay late breach vulnerab insecur
          unsafe loss lose lost lock complex difficult hard unproven immatur unstabl unreliab
          problem issue concern danger harm complain churn downtime debt burden violat penalt
          irreversib missing lack shortage worse worst bad poor weak reject oppos unclear uncertain
          overrun deprecat obsolet incompatib regress disrupt attrition negativ error crash threat\
          """);
  private static final Set<String> TURNS =
      Set.of("no", "not", "never", "without", "none", "nor", "cannot", "hardly", "fewer", "less");
  private static final List<String> TURN_STEMS =
      stems("reduc lower cut avoid prevent eliminat remov mitigat decreas halv fixes fixed");
  private static final Set<String> EMPTY =
      Set.of(
          "the", "and", "for", "with", "that", "this", "from", "have", "has", "had", "are", "was",
          "were", "will", "would", "should", "could", "can", "may", "our", "their", "its", "you",
          "your", "they", "them", "what", "which", "who", "when", "where", "how", "why", "than",
          "then", "into", "over", "under", "about", "after", "before", "all", "any", "some", "more",
          "most", "very", "also", "but", "not", "one", "two", "per", "each", "use", "option");

  private Words() {}

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  /** Whether a word says what a sentence is about. */
  static boolean tells(String word) {
    return word.length() > 2 && !EMPTY.contains(word);
  }

  static boolean turns(String word) {
    return TURNS.contains(word) || word.endsWith("n't") || begins(word, TURN_STEMS);
  }

  /** Praise less blame; a word that turns the meaning round reaches the next three words. */
  static int polarity(List<String> words) {
    int sum = 0;
    int turnedUntil = -1;
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (turns(word)) {
        turnedUntil = at + REACH;
        continue;
      }
      int value = begins(word, BLAME) ? -1 : begins(word, PRAISE) ? 1 : 0;
      sum += at <= turnedUntil ? -value : value;
    }
    return Math.clamp(sum, -MOST, MOST);
  }

  private static boolean begins(String word, List<String> stems) {
    for (String stem : stems) {
      if (word.startsWith(stem)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> stems(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
