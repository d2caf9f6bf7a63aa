package io.aragora.provider.rehearsal;

import java.util.List;
import java.util.Locale;

/**
 * What a rehearsing seat cares about: how much a reason for, a reason against and a sentence on its
 * own subject weigh, and where it leans while nothing is said.
 */
public enum Stance {
  VALUE(
      1.4,
      0.7,
      1.0,
      1.0,
      0.2,
      "What is gained",
      List.of("benefit", "gain", "revenue", "growth", "value", "customer", "user", "productiv")),
  RISK(
      0.7,
      1.6,
      1.0,
      1.0,
      -0.2,
      "What can go wrong",
      List.of("risk", "fail", "outage", "breach", "incident", "secur", "downtime", "loss")),
  COST(
      1.0,
      1.0,
      1.0,
      1.0,
      -0.1,
      "What it takes",
      List.of("cost", "price", "budget", "expens", "cheap", "saving", "licen", "hour", "$", "€")),
  EVIDENCE(
      1.0,
      1.0,
      2.0,
      1.6,
      -0.05,
      "What is known",
      List.of("measur", "data", "survey", "study", "test", "benchmark", "found", "result")),
  REVERSIBILITY(
      1.0,
      1.1,
      1.0,
      1.0,
      0.1,
      "What can be undone",
      List.of("revers", "rollback", "undo", "lock", "migrat", "contract", "exit", "permanent"));

  private final double pro;
  private final double con;
  private final double attached;
  private final double figures;
  private final double leaning;
  private final String opening;
  private final List<String> subject;

  Stance(
      double pro,
      double con,
      double attached,
      double figures,
      double leaning,
      String opening,
      List<String> subject) {
    this.pro = pro;
    this.con = con;
    this.attached = attached;
    this.figures = figures;
    this.leaning = leaning;
    this.opening = opening;
    this.subject = subject;
  }

  /** The stance a seat's lens names, or else its model's own. */
  static Stance of(String lens, Stance otherwise) {
    String said = lens.strip().toUpperCase(Locale.ROOT);
    for (Stance stance : values()) {
      if (said.startsWith(stance.name())) {
        return stance;
      }
    }
    return otherwise;
  }

  /** How much a sentence counts: above zero it speaks for the thing, below against. */
  double weighs(Sentence sentence) {
    double weight = sentence.polarity() * (sentence.polarity() > 0 ? pro : con);
    weight *= sentence.isAttached() ? attached : 1;
    weight *= sentence.hasFigures() ? figures : 1;
    return subject.stream().anyMatch(sentence::mentionsStem) ? weight * 2 : weight;
  }

  double leaning() {
    return leaning;
  }

  String opening() {
    return opening;
  }
}
