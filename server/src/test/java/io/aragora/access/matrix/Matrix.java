package io.aragora.access.matrix;

import io.aragora.access.Permission;
import io.aragora.fault.Scenarios;
import io.aragora.fault.World;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Right;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Disguise;
import io.aragora.testing.TestClient.Got;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Sends each operation's valid request as everybody, with ids of everybody. */
public final class Matrix implements AutoCloseable {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** A caller's own things; those of others are there only for who holds this permission too. */
  private static final Map<String, Permission> PERSONAL =
      Map.of("keys.revoke", Permission.REVOKE_KEY);

  /** Ways in: to a valid form with wrong secrets they say what the gate says. */
  private static final Set<String> DOORS = Set.of("sessions.create", "passkeys.sign_in");

  /** What names a thing of the person, whatever the workspace: here it is somebody else's. */
  private static final Set<String> OF_ONE_PERSON =
      Set.of("invites.join", "me.work", "passkeys.remove", "passkeys.rename", "sessions.revoke");

  /** For the operator's own people; none of those here is. */
  private static final Set<String> OPERATORS =
      Set.of("workspaces.create", "budget.place", "budget.detach");

  /** Operations whose body names a thing of the workspace. */
  private static final Set<String> NAMED_IN_BODY = Set.of("workspace.transfer");

  /** Nobody gives or takes more than they hold: the right alone is not enough. */
  private static final Set<String> GIVING =
      Set.of(
          "invites.create",
          "invites.resend",
          "keys.create",
          "members.change",
          "members.remove",
          "workspace.transfer");

  private final World home;
  private final World abroad;
  private final Scenarios atHome;
  private final Scenarios elsewhere;
  private final List<Who> everybody;

  public Matrix(World home) {
    this.home = home;
    this.abroad = home.neighbour();
    this.atHome = new Scenarios(home);
    this.elsewhere = new Scenarios(abroad);
    this.everybody = Who.all(home.appliance(), home.workspace(), abroad.workspace());
    home.putJobsToSleep();
  }

  /** All cells of one operation, by the right it is declared with. */
  public List<Cell> cells(Operation operation) {
    var cells = new ArrayList<Cell>();
    for (Who who : everybody) {
      for (Ids ids : Ids.values()) {
        cells.add(cell(operation, who, ids));
      }
    }
    return cells;
  }

  public boolean knows(Operation operation) {
    return atHome.of(operation.id()).isPresent();
  }

  private Cell cell(Operation operation, Who who, Ids ids) {
    var namesAThing = new AtomicBoolean();
    Right right = operation.neededRight().orElse(() -> "none");
    var disguise =
        new Disguise(
            who.credentials(right),
            path -> {
              var found = ID.matcher(path);
              namesAThing.set(found.find());
              return ids == Ids.UNKNOWN
                  ? found.replaceAll(each -> UUID.randomUUID().toString())
                  : path;
            });
    Scenarios.Request request = requests(ids).of(operation.id()).orElseThrow();
    Got got = TestClient.disguised(disguise, () -> request.send(home.client()));
    return new Cell(
        operation.id(),
        who.name(),
        ids,
        expected(operation, who, ids, namesAThing.get()),
        Outcome.of(got.status(), operation));
  }

  private Scenarios requests(Ids ids) {
    return switch (ids) {
      case HOME, UNKNOWN -> atHome;
      case ABROAD -> elsewhere;
    };
  }

  private static Outcome expected(Operation operation, Who who, Ids ids, boolean namesAThing) {
    Optional<Right> right = operation.neededRight();
    if (right.isEmpty()) {
      return DOORS.contains(operation.id()) ? Outcome.UNAUTHENTICATED : Outcome.LET_IN;
    }
    if (who.isStranger()) {
      return Outcome.UNAUTHENTICATED;
    }
    if (!who.may(right.get())) {
      return Outcome.FORBIDDEN;
    }
    if (OPERATORS.contains(operation.id())) {
      return Outcome.FORBIDDEN;
    }
    if (OF_ONE_PERSON.contains(operation.id())) {
      return Outcome.NOT_FOUND;
    }
    Permission more = PERSONAL.get(operation.id());
    boolean isTheirs = ids == who.at() && (more == null || who.may(more) && !who.holdsOnly(more));
    if (namesAThing && !isTheirs) {
      return Outcome.NOT_FOUND;
    }
    if (GIVING.contains(operation.id()) && who.holdsOnly(right.get())) {
      return Outcome.FORBIDDEN;
    }
    // An id in a body is never replaced by an unknown one.
    Ids named = ids == Ids.ABROAD ? Ids.ABROAD : Ids.HOME;
    return NAMED_IN_BODY.contains(operation.id()) && named != who.at()
        ? Outcome.NOT_FOUND
        : Outcome.LET_IN;
  }

  @Override
  public void close() {
    abroad.close();
    home.close();
  }
}
