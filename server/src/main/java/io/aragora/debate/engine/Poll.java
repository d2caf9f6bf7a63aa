package io.aragora.debate.engine;

import io.aragora.consensus.Ballot;
import io.aragora.consensus.ConsensusRule;
import io.aragora.consensus.Election;
import io.aragora.consensus.Seat;
import io.aragora.consensus.Signals.Flip;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.FinalBallot;
import io.aragora.debate.engine.Lexicon.Print;
import io.aragora.debate.engine.Move.Sheet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The two votes of one debate: the blind one, and the one after the talk. */
final class Poll {
  private final Frame frame;
  private final Map<String, Draft> drafts;
  private final List<String> options;
  private final Map<String, String> ownDrafts;
  private final Map<String, Ballot> blind = new LinkedHashMap<>();
  private final Set<String> refused = new TreeSet<>();

  Poll(DebateState state) {
    this.frame = state.frame();
    this.drafts = Hearing.drafts(state);
    this.options = frame.isOpen() ? openOptions(drafts) : frame.options();
    this.ownDrafts = frame.isOpen() ? soleAuthors(drafts) : Map.of();
    for (int i = 0; i < frame.panel().size(); i++) {
      String seat = frame.panel().get(i).id();
      Draft draft = drafts.get(seat);
      Ballot ballot =
          draft == null
              ? Ballot.abstain(seat)
              : ballot(seat, draft.ranking(), draft.acceptable(), Map.of());
      blind.put(seat, ballot.weighing(frame.weights().get(i)));
    }
  }

  private static List<String> openOptions(Map<String, Draft> drafts) {
    Set<String> keys = new TreeSet<>();
    drafts.values().forEach(draft -> firstKey(draft, keys));
    return List.copyOf(keys);
  }

  private static void firstKey(Draft draft, Set<String> keys) {
    String key = draft.ranking().isEmpty() ? "" : Lexicon.key(draft.ranking().getFirst());
    if (!key.isEmpty()) {
      keys.add(key);
    }
  }

  /** An answer that only one seat gave is that seat's own draft. */
  private static Map<String, String> soleAuthors(Map<String, Draft> drafts) {
    Map<String, List<String>> authors = new TreeMap<>();
    for (Draft draft : drafts.values()) {
      Set<String> keys = new HashSet<>();
      firstKey(draft, keys);
      keys.forEach(key -> authors.computeIfAbsent(key, _ -> new ArrayList<>()).add(draft.seat()));
    }
    Map<String, String> own = new TreeMap<>();
    authors.forEach(
        (key, seats) -> {
          if (seats.size() == 1) {
            own.put(seats.getFirst(), key);
          }
        });
    return own;
  }

  /** A ballot the election will take; one that breaks a rule abstains and is noted as refused. */
  private Ballot ballot(String seat, List<String> raw, int acceptable, Map<String, String> own) {
    List<String> ranking = frame.isOpen() ? keysOf(raw) : raw;
    boolean sound =
        options.containsAll(ranking)
            && new HashSet<>(ranking).size() == ranking.size()
            && !ranking.contains(own.getOrDefault(seat, ""));
    if (!sound) {
      refused.add(seat);
      return Ballot.abstain(seat);
    }
    int accepted = Math.clamp(acceptable, 0, ranking.size());
    return new Ballot(seat, ranking, accepted, Ballot.UNIT);
  }

  /** Ranks below the first may name answers nobody gave; those are not on the ballot. */
  private List<String> keysOf(List<String> raw) {
    List<String> keys = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      String key = Lexicon.key(raw.get(i));
      if ((i == 0 && !key.isEmpty()) || options.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  boolean hasOptions() {
    return !options.isEmpty();
  }

  List<Ballot> blindBallots() {
    return List.copyOf(blind.values());
  }

  List<String> refused() {
    return List.copyOf(refused);
  }

  Election blind() {
    return Election.of(options, frame.seatIds(), blindBallots());
  }

  boolean isByJudges() {
    return frame.rule() instanceof ConsensusRule.Judge;
  }

  /** Who fills in which paper after the talk: {@code voter/pass}. */
  List<String> papers() {
    return isByJudges()
        ? frame.judges().stream().flatMap(j -> Stream.of(j.id() + "/1", j.id() + "/2")).toList()
        : drafts.keySet().stream().map(seat -> seat + "/1").toList();
  }

  /** A sheet for each of those papers. */
  List<Sheet> sheets(int round) {
    List<Sheet> sheets = new ArrayList<>();
    List<String> shown = distinctDrafts();
    if (isByJudges()) {
      for (Seat judge : frame.judges()) {
        Sheet first = sheet(judge.id(), round, shown);
        sheets.add(first);
        sheets.add(new Sheet(judge.id(), 2, first.options().reversed(), first.drafts().reversed()));
      }
      return sheets;
    }
    drafts.keySet().forEach(seat -> sheets.add(sheet(seat, round, shown)));
    return sheets;
  }

  private Sheet sheet(String voter, int round, List<String> shown) {
    long order = frame.seed() ^ Shuffle.hash(voter) ^ ((long) round << 16);
    List<String> mine = new ArrayList<>(options);
    mine.remove(ownDrafts.getOrDefault(voter, ""));
    List<String> others = new ArrayList<>(shown);
    others.remove(voter);
    return new Sheet(voter, 1, Shuffle.of(mine, order), Shuffle.of(others, ~order));
  }

  /** Drafts with a standing claim, one of each group that says the same for the same option. */
  private List<String> distinctDrafts() {
    List<String> distinct = new ArrayList<>();
    List<Print> prints = new ArrayList<>();
    for (Draft draft : drafts.values()) {
      boolean survives =
          draft.claims().isEmpty() || !draft.claims().stream().allMatch(Claim::isStruck);
      Print print = Lexicon.print(draft.text());
      if (survives && !repeats(draft, print, distinct, prints)) {
        distinct.add(draft.seat());
        prints.add(print);
      }
    }
    return distinct;
  }

  private boolean repeats(Draft draft, Print print, List<String> distinct, List<Print> prints) {
    for (int i = 0; i < distinct.size(); i++) {
      if (first(blind, distinct.get(i)).equals(first(blind, draft.seat()))
          && prints.get(i).saysTheSameAs(print)) {
        return true;
      }
    }
    return false;
  }

  static String first(Map<String, Ballot> ballots, String seat) {
    Ballot ballot = ballots.get(seat);
    return ballot == null ? "" : ballot.first().orElse("");
  }

  /** The vote after the talk: what was said, what of it changed a vote, and what counts. */
  record Second(Election spoken, Election counted, List<Flip> flips) {}

  Second second(List<FinalBallot> cast, Hearing hearing) {
    return isByJudges() ? byJudges(cast) : bySeats(cast, hearing);
  }

  private Second bySeats(List<FinalBallot> cast, Hearing hearing) {
    Map<String, FinalBallot> papers = new HashMap<>();
    cast.forEach(paper -> papers.putIfAbsent(paper.seat(), paper));
    List<Ballot> spoken = new ArrayList<>();
    List<Ballot> counted = new ArrayList<>();
    List<Flip> flips = new ArrayList<>();
    for (Ballot before : blind.values()) {
      FinalBallot paper = drafts.containsKey(before.seat()) ? papers.get(before.seat()) : null;
      Ballot after =
          (paper == null
                  ? Ballot.abstain(before.seat())
                  : ballot(paper.seat(), paper.ranking(), paper.acceptable(), ownDrafts))
              .weighing(before.weight());
      spoken.add(after);
      boolean reasoned =
          paper != null && hearing.isReason(paper.seat(), paper.claimId(), paper.reason());
      if (paper != null && !after.isAbstention() && !after.first().equals(before.first())) {
        flips.add(flip(before, after, paper, reasoned));
      }
      counted.add(reasoned || !contradicts(before, after) ? after : standing(before));
    }
    return new Second(election(spoken), election(counted), flips);
  }

  private Election election(List<Ballot> ballots) {
    return new Election(options, frame.seatIds(), ballots, ownDrafts);
  }

  /** The blind vote, as far as it may count where nobody votes for their own draft. */
  private Ballot standing(Ballot before) {
    String own = ownDrafts.get(before.seat());
    return own != null && before.ranking().contains(own)
        ? Ballot.abstain(before.seat()).weighing(before.weight())
        : before;
  }

  private static Flip flip(Ballot before, Ballot after, FinalBallot paper, boolean reasoned) {
    String claim = paper.claimId();
    return new Flip(
        before.seat(),
        before.first().orElse(""),
        after.first().orElse(""),
        paper.reason(),
        claim == null ? "" : claim,
        reasoned ? Flip.Support.SUPPORTED : Flip.Support.UNSUPPORTED);
  }

  /** Whether a ballot takes back what the blind one said; abstaining takes nothing back. */
  private static boolean contradicts(Ballot before, Ballot after) {
    if (after.isAbstention()) {
      return false;
    }
    if (!after.first().equals(before.first())) {
      return true;
    }
    int last = -1;
    for (String option : before.ranking()) {
      int at = after.ranking().indexOf(option);
      if (at >= 0 && at < last) {
        return true;
      }
      last = Math.max(last, at);
    }
    return false;
  }

  /** A judge whose two orders disagree counts as a tie: it abstains. */
  private Second byJudges(List<FinalBallot> cast) {
    Map<String, List<String>> firsts = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (FinalBallot paper : cast) {
      if (seen.add(paper.seat() + "/" + paper.pass())) {
        Ballot one = ballot(paper.seat(), paper.ranking(), paper.acceptable(), Map.of());
        firsts.computeIfAbsent(paper.seat(), _ -> new ArrayList<>()).add(one.first().orElse(""));
      }
    }
    List<Ballot> ballots = new ArrayList<>();
    for (Seat judge : frame.judges()) {
      List<String> two = firsts.getOrDefault(judge.id(), List.of());
      boolean agrees =
          two.size() == 2
              && !two.getFirst().isEmpty()
              && Collections.frequency(two, two.getFirst()) == 2;
      ballots.add(agrees ? Ballot.of(judge.id(), two.getFirst()) : Ballot.abstain(judge.id()));
    }
    Election election =
        Election.of(options, frame.judges().stream().map(Seat::id).toList(), ballots);
    return new Second(election, election, List.of());
  }
}
