package io.aragora.debate.engine;

import io.aragora.consensus.ReasonType;
import io.aragora.debate.engine.Contribution.Challenge;
import io.aragora.debate.engine.Contribution.Claim;
import io.aragora.debate.engine.Contribution.Claim.Citation;
import io.aragora.debate.engine.Contribution.Draft;
import io.aragora.debate.engine.Contribution.Reply;
import io.aragora.debate.engine.Contribution.Stance;
import io.aragora.debate.engine.Lexicon.Print;
import io.aragora.debate.engine.Move.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Follows the claims of one debate round by round: who holds which, who has seen which, who took
 * which. Seats sit in a seeded ring, and a claim travels one neighbour further each time a seat
 * accepts it.
 */
final class Hearing {
  private final DebateState state;
  private final List<String> ring;
  private final Map<String, Heard> claims = new LinkedHashMap<>();
  private final Map<String, Ears> ears = new LinkedHashMap<>();

  /** A claim with its author and what is compared of its text. */
  private record Heard(Claim claim, String author, Print print) {}

  /** What one seat holds, was shown, knows by its words, and turned down. */
  private record Ears(
      Set<String> held, Set<String> shown, List<Print> known, Set<String> rejected) {
    Ears() {
      this(new LinkedHashSet<>(), new HashSet<>(), new ArrayList<>(), new HashSet<>());
    }
  }

  Hearing(DebateState state) {
    this.state = state;
    Map<String, Draft> drafts = drafts(state);
    drafts.keySet().forEach(seat -> ears.put(seat, new Ears()));
    drafts.values().forEach(draft -> author(draft.seat(), draft.claims()));
    this.ring = Shuffle.of(List.copyOf(drafts.keySet()), state.frame().seed());
  }

  /** One draft a seat, in panel order; a repeated one changes nothing. */
  static Map<String, Draft> drafts(DebateState state) {
    Map<String, Draft> bySeat = new HashMap<>();
    state.drafts().forEach(draft -> bySeat.putIfAbsent(draft.seat(), draft));
    Map<String, Draft> inOrder = new LinkedHashMap<>();
    for (var seat : state.frame().panel()) {
      Draft draft = bySeat.get(seat.id());
      if (draft != null) {
        inOrder.put(seat.id(), draft);
      }
    }
    return inOrder;
  }

  private void author(String seat, List<Claim> written) {
    Ears own = ears(seat);
    for (Claim claim : written) {
      var heard = new Heard(claim, seat, Lexicon.print(claim.text()));
      if (claims.putIfAbsent(claim.id(), heard) == null) {
        own.held().add(claim.id());
        own.known().add(heard.print());
      }
    }
  }

  private Ears ears(String seat) {
    return ears.computeIfAbsent(seat, _ -> new Ears());
  }

  /** What each seat is to read in this round; seats with nothing new are left out. */
  List<Reading> readings(int round) {
    List<Reading> all = new ArrayList<>();
    Map<String, List<String>> holdings = new HashMap<>();
    ring.forEach(seat -> holdings.put(seat, List.copyOf(ears(seat).held())));
    for (String seat : ears.keySet()) {
      List<Claim> fresh = new ArrayList<>();
      for (String neighbour : neighbours(seat)) {
        collect(seat, holdings.getOrDefault(neighbour, List.of()), fresh);
      }
      if (!fresh.isEmpty()) {
        long order = state.frame().seed() ^ Shuffle.hash(seat) ^ round;
        all.add(new Reading(seat, Shuffle.of(fresh, order)));
      }
    }
    return all;
  }

  private void collect(String reader, List<String> offered, List<Claim> fresh) {
    Ears mine = ears(reader);
    for (String id : offered) {
      Heard heard = claims.get(id);
      if (heard == null || heard.claim().isStruck() || mine.held().contains(id)) {
        continue;
      }
      if (!mine.shown().contains(id) && !isKnown(heard.print(), mine.known())) {
        mine.shown().add(id);
        mine.known().add(heard.print());
        fresh.add(heard.claim());
      }
    }
  }

  private static boolean isKnown(Print print, List<Print> known) {
    for (Print one : known) {
      if (print.saysTheSameAs(one)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> neighbours(String seat) {
    int at = ring.indexOf(seat);
    int n = ring.size();
    Set<String> two = new LinkedHashSet<>();
    two.add(ring.get((at + n - 1) % n));
    two.add(ring.get((at + 1) % n));
    two.remove(seat);
    return two;
  }

  /** Takes in the round's replies; tells whether any seat newly accepted a claim. */
  boolean acceptsSomething(int round) {
    boolean accepted = false;
    Set<String> heard = new HashSet<>();
    for (Challenge challenge : state.challenges()) {
      if (challenge.round() == round
          && ring.contains(challenge.seat())
          && heard.add(challenge.seat())) {
        accepted |= take(challenge);
      }
    }
    return accepted;
  }

  private boolean take(Challenge challenge) {
    Ears mine = ears(challenge.seat());
    boolean accepted = false;
    for (Reply reply : challenge.replies()) {
      if (!mine.shown().contains(reply.claimId())) {
        continue;
      }
      accepted |= reply.stance() == Stance.ACCEPT && mine.held().add(reply.claimId());
      if (reply.stance() == Stance.REJECT) {
        mine.rejected().add(reply.claimId());
      }
    }
    author(challenge.seat(), challenge.claims());
    return accepted;
  }

  /** Whether any evidence check failed in what was said so far. */
  boolean hasStruckClaims() {
    return claims.values().stream().anyMatch(heard -> heard.claim().isStruck());
  }

  /**
   * Whether a change of vote rests on a reason: a standing claim of another seat, which the voter
   * did not turn down, and for the reason "evidence" one with checked evidence.
   */
  boolean isReason(String voter, @Nullable String claimId, ReasonType type) {
    Heard heard = claimId == null ? null : claims.get(claimId);
    return heard != null
        && type != ReasonType.NONE
        && !heard.author().equals(voter)
        && !heard.claim().isStruck()
        && !ears(voter).rejected().contains(claimId)
        && (type != ReasonType.EVIDENCE || !heard.claim().citations().isEmpty());
  }

  /** The checked citations a seat's own standing claims rest on, and those of a claim it names. */
  Set<Citation> citations(String seat, @Nullable String named) {
    Set<Citation> cited = new LinkedHashSet<>();
    for (Heard heard : claims.values()) {
      boolean counts = heard.author().equals(seat) || heard.claim().id().equals(named);
      if (counts && !heard.claim().isStruck()) {
        cited.addAll(heard.claim().citations());
      }
    }
    return cited;
  }

  static Set<String> evidence(Set<Citation> citations) {
    Set<String> ids = new TreeSet<>();
    citations.forEach(citation -> ids.add(citation.evidenceId()));
    return ids;
  }
}
