package io.aragora.debate.brief;

import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Stakes;
import io.aragora.kernel.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a caller asked for into a complete brief, or refuses with everything wrong in it. */
public final class Briefs {
  private static final int MOST_EVIDENCE = 20;
  private static final int QUESTION_LENGTH = 8_000;
  private static final int CONTEXT_LENGTH = 64_000;
  private static final int MOST_OPTIONS = 12;
  private static final int MOST_SEATS = 5;
  private static final Pattern OPTION_ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}");

  /** What a panel may say when nobody gave it options. */
  public static final List<Brief.Choice> APPROVAL =
      List.of(
          new Brief.Choice("approve", "Approve"),
          new Brief.Choice("reject", "Reject"),
          new Brief.Choice("approve-with-conditions", "Approve with conditions"));

  private Briefs() {}

  /** A checked request with every default filled in but the panel's models. */
  public record Checked(
      String question,
      String context,
      List<Brief.Choice> options,
      boolean open,
      ConsensusRule rule,
      int maxRounds,
      boolean irreversible,
      List<OpenDebate.SeatWish> panel,
      List<String> evidence,
      Optional<Money> cap,
      Optional<Long> seed,
      Optional<Integer> deadlineSeconds,
      String language,
      String domain,
      String riskTier) {}

  public static Checked of(OpenDebate wish) {
    var faults = new Faults();
    faults.text("/question", wish.question(), 1, QUESTION_LENGTH);
    if (wish.context() != null) {
      faults.text("/context", wish.context(), 0, CONTEXT_LENGTH);
    }
    boolean open = Boolean.TRUE.equals(wish.open());
    List<Brief.Choice> options = options(wish, open, faults);
    panel(wish, faults);
    evidence(wish, faults);
    int rounds = Objects.requireNonNullElse(wish.maxRounds(), 1);
    faults.number("/max_rounds", rounds, 0, 2);
    if (wish.deadlineSeconds() != null) {
      faults.number("/deadline_seconds", wish.deadlineSeconds(), 10, 3_600);
    }
    boolean irreversible = Boolean.TRUE.equals(wish.irreversible());
    ConsensusRule rule = rule(wish, options, irreversible, faults);
    String language = word("/language", wish.language(), "en", faults);
    String domain = word("/domain", wish.domain(), "general", faults);
    String risk = word("/risk_tier", wish.riskTier(), "standard", faults);
    faults.refuse();
    return new Checked(
        wish.question().strip(),
        Objects.requireNonNullElse(wish.context(), "").strip(),
        options,
        open,
        rule,
        rounds,
        irreversible,
        Objects.requireNonNullElse(wish.panel(), List.of()),
        Objects.requireNonNullElse(wish.evidence(), List.of()),
        Optional.ofNullable(wish.cap()),
        Optional.ofNullable(wish.seed()),
        Optional.ofNullable(wish.deadlineSeconds()),
        language,
        domain,
        risk);
  }

  private static List<Brief.Choice> options(OpenDebate wish, boolean open, Faults faults) {
    List<OpenDebate.Option> wished = wish.options();
    if (wished == null) {
      return open ? List.of() : APPROVAL;
    }
    if (open) {
      faults.add("/open", "conflict", "an open question has no options: leave one of them out");
    }
    faults.size("/options", wished.size(), 2, MOST_OPTIONS);
    var ids = new HashSet<String>();
    var choices = new ArrayList<Brief.Choice>();
    for (int at = 0; at < wished.size(); at++) {
      OpenDebate.Option option = wished.get(at);
      String pointer = "/options/" + at;
      if (option.id() == null || !OPTION_ID.matcher(option.id()).matches()) {
        faults.add(pointer + "/id", "format", "an id has 1 to 60 of a-z, 0-9, - and _");
      } else if (!ids.add(option.id())) {
        faults.add(pointer + "/id", "duplicate", "two options have the id " + option.id());
      }
      faults.text(pointer + "/label", option.label(), 1, 400);
      choices.add(new Brief.Choice(String.valueOf(option.id()), String.valueOf(option.label())));
    }
    return choices;
  }

  private static void panel(OpenDebate wish, Faults faults) {
    if (wish.panel() == null) {
      return;
    }
    faults.size("/panel", wish.panel().size(), 2, MOST_SEATS);
    for (int at = 0; at < wish.panel().size(); at++) {
      OpenDebate.SeatWish seat = wish.panel().get(at);
      String pointer = "/panel/" + at;
      faults.text(pointer + "/model", seat.model(), 1, 200);
      if (seat.lens() != null) {
        faults.text(pointer + "/lens", seat.lens(), 1, 200);
      }
      Double heat = seat.temperature();
      if (heat != null && !(heat >= 0 && heat <= 2)) {
        faults.add(pointer + "/temperature", "range", "must be from 0 to 2, is " + heat);
      }
    }
  }

  private static void evidence(OpenDebate wish, Faults faults) {
    if (wish.evidence() == null) {
      return;
    }
    faults.size("/evidence", wish.evidence().size(), 0, MOST_EVIDENCE);
    var seen = new HashSet<String>();
    for (int at = 0; at < wish.evidence().size(); at++) {
      String sha256 = wish.evidence().get(at);
      if (sha256 == null || !SHA256.matcher(sha256).matches()) {
        faults.add("/evidence/" + at, "format", "must be a SHA-256 in lower-case hex");
      } else if (!seen.add(sha256)) {
        faults.add("/evidence/" + at, "duplicate", "the same text is named twice");
      }
    }
  }

  private static ConsensusRule rule(
      OpenDebate wish, List<Brief.Choice> options, boolean irreversible, Faults faults) {
    OpenDebate.RuleWish rule = wish.rule();
    Stakes stakes = irreversible ? Stakes.IRREVERSIBLE : Stakes.REVERSIBLE;
    if (rule == null) {
      return ConsensusRule.standard(options.size(), stakes);
    }
    try {
      ConsensusRule parsed = ConsensusRule.parse(String.valueOf(rule.name()), parameter(rule));
      if (irreversible && !(parsed instanceof ConsensusRule.Unanimity)) {
        faults.add("/rule", "conflict", "what cannot be undone needs the rule unanimity");
      }
      if (parsed instanceof ConsensusRule.Judge) {
        faults.add("/rule/name", "unsupported", "this appliance does not run " + parsed.name());
      }
      return parsed;
    } catch (IllegalArgumentException bad) {
      faults.add("/rule", "unknown", String.valueOf(bad.getMessage()));
      return ConsensusRule.standard(options.size(), stakes);
    }
  }

  private static String parameter(OpenDebate.RuleWish rule) {
    if (rule.threshold() != null) {
      return rule.threshold();
    }
    return rule.margin() == null ? "" : Integer.toString(rule.margin());
  }

  private static String word(
      String pointer, @Nullable String wished, String otherwise, Faults faults) {
    if (wished != null && !WORD.matcher(wished).matches()) {
      faults.add(pointer, "format", "must be one word of up to 40 letters, digits, - and _");
    }
    return Objects.requireNonNullElse(wished, otherwise);
  }
}
