package io.aragora.access.matrix;

import io.aragora.fault.Scenarios;
import io.aragora.fault.World;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Right;
import io.aragora.testing.TestClient;
import io.aragora.testing.TestClient.Disguise;
import io.aragora.testing.TestClient.Got;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Sends each operation's valid request as everybody, with ids of everybody. */
public final class Matrix implements AutoCloseable {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** Operations on a caller's very own things: to everybody else those do not exist. */
  private static final Set<String> PERSONAL = Set.of();

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
      return Outcome.LET_IN;
    }
    if (who.isStranger()) {
      return Outcome.UNAUTHENTICATED;
    }
    if (!who.may(right.get())) {
      return Outcome.FORBIDDEN;
    }
    boolean isTheirs = ids == who.at() && !PERSONAL.contains(operation.id());
    return !namesAThing || isTheirs ? Outcome.LET_IN : Outcome.NOT_FOUND;
  }

  @Override
  public void close() {
    abroad.close();
    home.close();
  }
}
