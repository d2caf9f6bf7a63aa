package io.aragora.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.Database;
import io.aragora.testing.TestAppliance;
import io.aragora.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys change while nodes seal and open, and no node ever notices. */
final class RotationTest {
  private static final String WHERE = "provider_key|sealed|openai";
  private static final byte[] PLAIN = "sk-a-secret".getBytes(UTF_8);
  private static final EnumSet<Rotation.Step> WHOLE =
      EnumSet.of(Rotation.Step.MAKE, Rotation.Step.REWRAP, Rotation.Step.RETIRE);

  private final TestDatabase test = TestDatabase.own();
  private final Database other = Database.open(test.app(), 8);
  private final Path folder = TestAppliance.newFolder().resolve("keys");
  private final List<WorkspaceId> workspaces =
      IntStream.range(0, 7).mapToObj(each -> test.newWorkspace()).toList();

  @AfterEach
  void close() {
    other.close();
    test.database().close();
  }

  /** One node: a box on a pool of connections of its own, with some folder of key files. */
  private record Node(Database database, SecretBox box) {
    byte[] seal(WorkspaceId workspace) {
      return database.inTransaction(workspace, tx -> box.seal(tx, workspace, WHERE, PLAIN));
    }

    byte[] open(WorkspaceId workspace, byte[] sealed) {
      return database.inTransaction(workspace, tx -> box.open(tx, workspace, WHERE, sealed));
    }
  }

  private static Node node(Database database, Path keys) {
    return new Node(
        database, SecretBox.open(database, keys, InstantSource.system(), new SecureRandom()));
  }

  @Test
  void twoNodesSealAndOpenWhileKeysRotateTenTimes() throws Exception {
    var nodes = List.of(node(test.database(), folder), node(other, folder));
    var faults = new ConcurrentLinkedQueue<Throwable>();
    var opened = new AtomicLong();
    var stop = new AtomicBoolean();
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(at -> Thread.ofVirtual().start(() -> work(nodes, at, faults, opened, stop)))
            .toList();
    var operator = node(test.database(), folder).box().rotation(List.of());
    for (int round = 0; round < 10; round++) {
      operator.run(round % 2 == 0 ? WHOLE : EnumSet.allOf(Rotation.Step.class));
    }
    stop.set(true);
    for (Thread each : threads) {
      each.join();
    }

    System.out.printf("rotation under load: %d opened, %d faults%n", opened.get(), faults.size());
    assertThat(faults).isEmpty();
    assertThat(opened.get()).isGreaterThan(100);
    assertThat(folder.resolve("secret-0011.kek")).exists();
  }

  private void work(
      List<Node> nodes,
      int at,
      ConcurrentLinkedQueue<Throwable> faults,
      AtomicLong opened,
      AtomicBoolean stop) {
    var random = new java.util.Random(at);
    var first = nodes.get(at % 2);
    WorkspaceId home = workspaces.get(at % workspaces.size());
    byte[] old = first.seal(home);
    while (!stop.get()) {
      try {
        WorkspaceId place = workspaces.get(random.nextInt(workspaces.size()));
        Node sealer = nodes.get(random.nextInt(2));
        Node opener = nodes.get(random.nextInt(2));
        assertThat(opener.open(place, sealer.seal(place))).isEqualTo(PLAIN);
        assertThat(opener.open(home, old)).isEqualTo(PLAIN);
        byte[] own = sealer.box().sealOwn("totp|secret|1", PLAIN);
        assertThat(opener.box().openOwn("totp|secret|1", own)).isEqualTo(PLAIN);
        opened.addAndGet(3);
      } catch (Throwable fault) {
        faults.add(fault);
      }
    }
  }

  @Test
  void afterARotationTheOldFileIsNeededByNobody() throws IOException {
    Node node = node(test.database(), folder);
    byte[] sealed = node.seal(workspaces.getFirst());
    var done = node.box().rotation(List.of()).run(WHOLE);
    Files.delete(folder.resolve("secret-0001.kek"));

    assertThat(done).isEqualTo(new Rotation.Done(2, 2, 0));
    assertThat(node(other, folder).open(workspaces.getFirst(), sealed)).isEqualTo(PLAIN);
  }

  @Test
  void aNodeWithAFolderOfItsOwnWorksUntilTheRotationIsFinished() throws IOException {
    Path theirs = TestAppliance.newFolder().resolve("keys");
    Node here = node(test.database(), folder);
    copy(theirs);
    Node there = node(other, theirs);
    byte[] sealed = here.seal(workspaces.get(0));

    var rotation = here.box().rotation(List.of());
    rotation.run(EnumSet.of(Rotation.Step.MAKE, Rotation.Step.REWRAP));
    assertThat(there.open(workspaces.get(0), sealed)).isEqualTo(PLAIN);
    assertThat(there.open(workspaces.get(1), here.seal(workspaces.get(1)))).isEqualTo(PLAIN);
    assertThat(here.open(workspaces.get(2), there.seal(workspaces.get(2)))).isEqualTo(PLAIN);
    assertThat(there.box().probe().fault().get()).isEmpty();
    assertThatThrownBy(() -> rotation.run(WHOLE))
        .isInstanceOf(SecretFault.class)
        .hasMessageContaining("the last rotation is not finished");

    rotation.run(EnumSet.of(Rotation.Step.REWRAP, Rotation.Step.RETIRE));
    assertThatThrownBy(() -> there.open(workspaces.get(0), sealed))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("secret-0002.kek is missing here");
    assertThat(there.box().probe().fault().get())
        .hasValueSatisfying(said -> assertThat(said).contains("secret-0002.kek is missing"));

    copy(theirs);
    assertThat(there.open(workspaces.get(0), sealed)).isEqualTo(PLAIN);
    assertThat(there.open(workspaces.get(2), there.seal(workspaces.get(2)))).isEqualTo(PLAIN);
    assertThat(there.box().probe().fault().get()).isEmpty();
  }

  @Test
  void newDataKeysSealEveryRowAgain() {
    Node node = node(test.database(), folder);
    WorkspaceId workspace = workspaces.getFirst();
    var rows =
        new java.util.ArrayList<>(
            IntStream.range(0, 250).mapToObj(each -> node.seal(workspace)).toList());
    SealedRows feature =
        new SealedRows() {
          @Override
          public int reseal(
              io.aragora.platform.db.Tx tx, WorkspaceId place, SecretBox box, int most) {
            var stale =
                IntStream.range(0, rows.size())
                    .filter(at -> !box.isCurrent(tx, place, rows.get(at)))
                    .limit(most)
                    .toArray();
            for (int at : stale) {
              rows.set(at, box.seal(tx, place, WHERE, box.open(tx, place, WHERE, rows.get(at))));
            }
            return stale.length;
          }
        };
    var done = node.box().rotation(List.of(feature)).run(EnumSet.of(Rotation.Step.RENEW));

    assertThat(done.rows()).isEqualTo(250);
    assertThat(rows).allMatch(each -> each[4] == 2);
    assertThat(rows).allSatisfy(each -> assertThat(node.open(workspace, each)).isEqualTo(PLAIN));
  }

  @Test
  void twoRotationsAtOnceBothComeThrough() throws Exception {
    Node node = node(test.database(), folder);
    byte[] sealed = node.seal(workspaces.getFirst());
    var faults = new ConcurrentLinkedQueue<Throwable>();
    List<Thread> both =
        Stream.of(test.database(), other)
            .map(
                each ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              try {
                                node(each, folder).box().rotation(List.of()).run(WHOLE);
                              } catch (SecretFault unfinished) {
                                // The second may be told to wait for the first: that is an answer.
                              } catch (RuntimeException fault) {
                                faults.add(fault);
                              }
                            }))
            .toList();
    for (Thread each : both) {
      each.join();
    }
    assertThat(faults).isEmpty();
    assertThat(node.open(workspaces.getFirst(), sealed)).isEqualTo(PLAIN);
  }

  private void copy(Path to) throws IOException {
    if (!Files.exists(to)) {
      Files.createDirectories(
          to,
          java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
              java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.copy(
            each,
            to.resolve(each.getFileName()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
