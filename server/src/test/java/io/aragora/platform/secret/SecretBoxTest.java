package io.aragora.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed opens where it was sealed for, and nowhere else. */
final class SecretBoxTest {
  private static final String WHERE = "provider_key|sealed|openai";
  private static final byte[] PLAIN = "sk-a-secret".getBytes(UTF_8);

  @TempDir private Path folder;
  private final TestDatabase test = TestDatabase.own();
  private final WorkspaceId workspace = test.newWorkspace();

  @AfterEach
  void close() {
    test.database().close();
  }

  @Test
  void whatIsSealedOpensInItsPlace() {
    SecretBox box = open();
    assertThat(open(box, workspace, WHERE, seal(box, workspace))).isEqualTo(PLAIN);
    assertThat(box.openOwn("totp|secret|7", box.sealOwn("totp|secret|7", PLAIN))).isEqualTo(PLAIN);
  }

  @Test
  void sealingTwiceShowsNothingInCommon() {
    SecretBox box = open();
    byte[] one = seal(box, workspace);
    byte[] other = seal(box, workspace);
    assertThat(Arrays.copyOf(one, 5)).isEqualTo(Arrays.copyOf(other, 5));
    assertThat(Arrays.copyOfRange(one, 5, 17)).isNotEqualTo(Arrays.copyOfRange(other, 5, 17));
    assertThat(new String(one, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "provider_key|sealed|other",
        "provider_key|other|openai",
        "connector|sealed|openai"
      })
  void whatWasMovedToAnotherRowColumnOrTableDoesNotOpen(String elsewhere) {
    SecretBox box = open();
    byte[] sealed = seal(box, workspace);
    assertThatThrownBy(() -> open(box, workspace, elsewhere, sealed))
        .isInstanceOf(SecretFault.class)
        .hasMessageContaining("was moved, changed or cut off");
  }

  @Test
  void whatWasMovedToAnotherWorkspaceOrToTheApplianceDoesNotOpen() {
    SecretBox box = open();
    WorkspaceId other = test.newWorkspace();
    seal(box, other);
    byte[] sealed = seal(box, workspace);
    assertThatThrownBy(() -> open(box, other, WHERE, sealed)).isInstanceOf(SecretFault.class);
    assertThatThrownBy(() -> box.openOwn(WHERE, sealed)).isInstanceOf(SecretFault.class);
    byte[] own = box.sealOwn(WHERE, PLAIN);
    assertThatThrownBy(() -> open(box, workspace, WHERE, own)).isInstanceOf(SecretFault.class);
  }

  @Test
  void aDataKeyMovedToAnotherWorkspaceDoesNotOpen() {
    SecretBox box = open();
    byte[] sealed = seal(box, workspace);
    WorkspaceId thief = test.newWorkspace();
    superuser(
        "insert into secret_key (workspace_id, version, master_version, wrapped, created_at)"
            + " select '%s', version, master_version, wrapped, created_at from secret_key"
                .formatted(thief)
            + " where workspace_id = '%s'".formatted(workspace));
    assertThatThrownBy(() -> open(box, thief, WHERE, sealed))
        .isInstanceOf(SecretFault.class)
        .hasMessageContaining("was moved or changed");
  }

  @Test
  void noFlippedBitAndNoCutGoesUnseen() {
    SecretBox box = open();
    byte[] sealed = seal(box, workspace);
    var random = new Random(5);
    for (int round = 0; round < 300; round++) {
      byte[] bad = sealed.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> open(box, workspace, WHERE, bad)).isInstanceOf(SecretFault.class);
      byte[] cut = Arrays.copyOf(sealed, random.nextInt(sealed.length));
      assertThatThrownBy(() -> open(box, workspace, WHERE, cut)).isInstanceOf(SecretFault.class);
    }
  }

  @Test
  void aKeyMadeInATransactionThatFailedSealsNothing() {
    SecretBox box = open();
    assertThatThrownBy(
            () ->
                test.database()
                    .inTransaction(
                        workspace,
                        tx -> {
                          box.seal(tx, workspace, WHERE, PLAIN);
                          throw new IllegalStateException("after the sealing");
                        }))
        .hasMessage("after the sealing");
    byte[] sealed = seal(box, workspace);
    assertThat(open(open(), workspace, WHERE, sealed)).isEqualTo(PLAIN);
  }

  @Test
  void aForgottenWorkspaceOpensNothingAnyMore() {
    SecretBox box = open();
    byte[] sealed = seal(box, workspace);
    test.database().doInTransaction(workspace, tx -> box.forget(tx, workspace));
    assertThatThrownBy(() -> open(box, workspace, WHERE, sealed)).isInstanceOf(SecretFault.class);
  }

  @Test
  void theKeyFileIsItsOwnersOnlyAndNeverInTheDatabase() throws IOException {
    open();
    Path file = folder.resolve("keys/secret-0001.kek");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aNodeWithoutTheKeyFileIsRefused() throws IOException {
    open();
    Files.delete(folder.resolve("keys/secret-0001.kek"));
    assertThatThrownBy(this::open)
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("secret-0001.kek is missing")
        .hasMessageContaining("copy the keys folder of another node");
    assertThat(folder.resolve("keys/secret-0001.kek")).doesNotExist();
  }

  @Test
  void aNodeWithAnotherKeyFileIsRefused(@TempDir Path stranger) {
    open();
    MasterKeys.in(stranger.resolve("keys"), new SecureRandom()).make(1);
    assertThatThrownBy(() -> box(stranger))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("is not the key that this database's secrets are sealed with");
  }

  @Test
  void aHalfWrittenKeyFileIsRefusedWithoutQuotingIt() throws IOException {
    open();
    Path file = folder.resolve("keys/secret-0001.kek");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 17) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(this::open)
          .isInstanceOf(KeyFault.class)
          .hasMessage(file + " is damaged, restore it from a backup or copy it from another node")
          .hasNoCause();
    }
  }

  @Test
  void aKeyFileOpenToOthersIsRefused() throws IOException {
    open();
    Path file = folder.resolve("keys/secret-0001.kek");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::open)
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("is open to others (rw-r-----): run chmod 600 " + file);
  }

  private SecretBox open() {
    return box(folder);
  }

  private SecretBox box(Path place) {
    return SecretBox.open(
        test.database(), place.resolve("keys"), InstantSource.system(), new SecureRandom());
  }

  private byte[] seal(SecretBox box, WorkspaceId place) {
    return test.database().inTransaction(place, tx -> box.seal(tx, place, WHERE, PLAIN));
  }

  private byte[] open(SecretBox box, WorkspaceId place, String where, byte[] sealed) {
    return test.database().inTransaction(place, tx -> box.open(tx, place, where, sealed));
  }

  private void superuser(String sql) {
    try (var database = io.aragora.platform.db.Database.open(test.superuser(), 1)) {
      database.inSystemTransaction(tx -> tx.update(sql));
    }
  }
}
