package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.access.AnyCaller;
import io.aragora.access.Permission;
import io.aragora.access.RoleTable;
import io.aragora.access.matrix.Cell;
import io.aragora.access.matrix.Matrix;
import io.aragora.fault.World;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Routes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation, asked by everybody, about things of this workspace, of another and of nobody:
 * only who should be let in is. And an operation that forgets its right is found out.
 */
final class AccessMatrixTest {
  private static final int SAMPLE = 5;
  private static final boolean FULL = Boolean.getBoolean("aragora.full");
  private static final long SEED = Long.getLong("aragora.seed", 7);

  /** What asks again for who the caller is, in the transaction: there nothing gets through. */
  private static final Set<String> ASKED_TWICE =
      Set.of(
          "invites.create",
          "invites.resend",
          "invites.revoke",
          "members.change",
          "members.remove",
          "workspace.transfer");

  private static Matrix matrix;
  private static List<Operation> operations;

  @BeforeAll
  static void start() {
    var world = World.whole(Appliance::start);
    operations = world.appliance().operations();
    matrix = new Matrix(world);
  }

  @AfterAll
  static void stop() {
    matrix.close();
  }

  @Test
  void everyOperationHasARequestToTryItWith() {
    assertThat(operations).filteredOn(each -> !matrix.knows(each)).isEmpty();
  }

  @Test
  void everyRightIsInTheWrittenTable() {
    RoleTable table = RoleTable.read();
    assertThat(operations)
        .flatExtracting(each -> each.neededRight().stream().toList())
        .allMatch(right -> right instanceof AnyCaller || table.knows(right.wire()));
    assertThat(Permission.values()).allMatch(each -> table.knows(each.wire()));
  }

  @Test
  void nobodyIsLetInWhoShouldNotBeAndNobodyIsTurnedAwayWhoShould() {
    List<Cell> cells = operations.stream().flatMap(each -> matrix.cells(each).stream()).toList();
    System.out.printf(
        "access matrix: %d operations, %d cells, %d deviations%n",
        operations.size(), cells.size(), cells.stream().filter(Cell::deviates).count());
    assertThat(cells).filteredOn(Cell::deviates).isEmpty();
  }

  @Test
  void anOperationThatForgetsItsRightIsFoundOut() {
    List<Operation> guarded = sample();
    var unseen = new TreeSet<String>();
    try (var wrong = new Matrix(World.whole(AccessMatrixTest::startForgetful))) {
      for (Operation each : guarded) {
        if (wrong.cells(each).stream().noneMatch(Cell::deviates)) {
          unseen.add(each.id());
        }
      }
    }
    System.out.printf(
        "access matrix: %d forgotten rights, %d found out, asked for twice: %s%n",
        guarded.size(), guarded.size() - unseen.size(), unseen);
    assertThat(guarded)
        .filteredOn(each -> ASKED_TWICE.contains(each.id()))
        .extracting(Operation::id)
        .containsExactlyInAnyOrderElementsOf(unseen);
  }

  private static List<Operation> sample() {
    var guarded =
        new ArrayList<>(
            operations.stream().filter(each -> each.neededRight().isPresent()).toList());
    Collections.shuffle(guarded, new Random(SEED));
    return FULL ? guarded : guarded.subList(0, SAMPLE);
  }

  private static Appliance startForgetful(
      io.aragora.platform.config.Settings settings, java.time.InstantSource clock) {
    return Appliance.startWrong(
        settings, clock, all -> all.stream().map(AccessMatrixTest::forgetful).toList());
  }

  private static Routes forgetful(Routes routes) {
    return () ->
        routes.endpoints().stream()
            .map(each -> new Endpoint(forgetful(each.operation()), each.handler()))
            .toList();
  }

  /** Asks for nothing in particular; what asked for nothing in particular lets everybody in. */
  private static Operation forgetful(Operation operation) {
    return operation.neededRight().orElse(AnyCaller.ADMITTED) instanceof Permission
        ? operation.needs(AnyCaller.ADMITTED)
        : new Operation(
            operation.id(),
            operation.verb(),
            operation.path(),
            operation.summary(),
            null,
            operation.accepts(),
            operation.gives(),
            operation.parameters(),
            operation.refusals());
  }
}
