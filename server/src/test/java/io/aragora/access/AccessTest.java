package io.aragora.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ActorId;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class AccessTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ActorId ACTOR = new ActorId(UUID.randomUUID());

  private final Database database = TestDatabase.shared().database();

  private Access at(Instant now) {
    return new Access(database, UUID::randomUUID, InstantSource.fixed(now));
  }

  private NewKey key(Duration life) {
    return at(NOW)
        .createKey(
            TestDatabase.shared().newWorkspace(),
            ACTOR,
            "test",
            Set.of(Permission.READ_DEBATE),
            life);
  }

  @Test
  void knowsWhoHoldsAKey() {
    var key = key(Duration.ofDays(1));
    var caller = at(NOW).authenticate(key.secret()).orElseThrow();
    assertThat(caller.workspace()).isEqualTo(key.workspace());
    assertThat(caller.permissions()).containsExactly(Permission.READ_DEBATE);
    assertThat(caller.holds(Permission.OPEN_DEBATE)).isFalse();
  }

  @Test
  void doesNotKnowAnExpiredOrAlteredKey() {
    var key = key(Duration.ofDays(1));
    String secret = key.secret();
    char last = secret.charAt(secret.length() - 1);
    String altered = secret.substring(0, secret.length() - 1) + (last == '0' ? '1' : '0');
    assertThat(at(NOW).authenticate(altered)).isEmpty();
    assertThat(at(NOW).authenticate("' or 1=1 --")).isEmpty();
    assertThat(at(NOW.plus(Duration.ofDays(2))).authenticate(secret)).isEmpty();
  }

  @Test
  void forgetsARevokedKeyAtOnce() {
    var key = key(Duration.ofDays(1));
    var access = at(NOW);
    assertThat(access.authenticate(key.secret())).isPresent();
    access.revoke(key.workspace(), key.id());
    assertThat(access.authenticate(key.secret())).isEmpty();
    assertThatThrownBy(() -> access.revoke(key.workspace(), key.id())).isInstanceOf(Refusal.class);
  }

  @Test
  void doesNotRevokeAKeyOfAnotherWorkspace() {
    var key = key(Duration.ofDays(1));
    var other = TestDatabase.shared().newWorkspace();
    assertThatThrownBy(() -> at(NOW).revoke(other, key.id())).isInstanceOf(Refusal.class);
    assertThat(at(NOW).authenticate(key.secret())).isPresent();
  }

  @Test
  void keepsNoSecretInTheDatabase() {
    var key = key(Duration.ofDays(1));
    String row =
        database
            .inTransaction(
                key.workspace(),
                tx ->
                    tx.one(
                        "select row_to_json(api_key)::text as all_of_it from api_key where key_id ="
                            + " ?",
                        found -> found.text("all_of_it"),
                        key.id()))
            .orElseThrow();
    assertThat(row)
        .doesNotContain(key.secret().substring(13))
        .contains(Secrets.prefix(key.secret()));
    assertThat(key.toString()).doesNotContain(key.secret());
  }

  @Test
  void showsNoKeyToWhoKnowsNeitherWorkspaceNorSecret() {
    key(Duration.ofDays(1));
    long seen =
        database.inSystemTransaction(
            tx ->
                tx.one("select count(*) as n from api_key", row -> row.number("n")).orElseThrow());
    assertThat(seen).isZero();
    long guessed =
        database.inSecretTransaction(
            Secrets.hash("ara_guess"),
            tx ->
                tx.one("select count(*) as n from api_key", row -> row.number("n")).orElseThrow());
    assertThat(guessed).isZero();
  }

  @Test
  void notesTheUseOfAKeyAtMostOnceAMinute() {
    var key = key(Duration.ofDays(1));
    at(NOW).authenticate(key.secret());
    at(NOW.plusSeconds(30)).authenticate(key.secret());
    assertThat(lastUsed(key)).isEqualTo(NOW);
    at(NOW.plusSeconds(61)).authenticate(key.secret());
    assertThat(lastUsed(key)).isEqualTo(NOW.plusSeconds(61));
  }

  @Test
  void makesTheFirstWorkspaceOnce() {
    var own = TestDatabase.own();
    try (var fresh = own.database()) {
      var access = new Access(fresh, UUID::randomUUID, InstantSource.fixed(NOW));
      var first = access.bootstrap("Home");
      var second = access.bootstrap("Home");
      assertThat(second.workspace()).isEqualTo(first.workspace());
      assertThat(second.key()).isEmpty();
      var caller = access.authenticate(first.key().orElseThrow().secret()).orElseThrow();
      assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.values());
    }
  }

  @Test
  void tellsADatabaseThatIsGoneFromAWrongKey() {
    var key = key(Duration.ofDays(1));
    var gone = Database.open(TestDatabase.shared().app(), 1);
    gone.close();
    var access = new Access(gone, UUID::randomUUID, InstantSource.fixed(NOW));
    assertThatThrownBy(() -> access.authenticate(key.secret())).isInstanceOf(DatabaseFault.class);
  }

  private Instant lastUsed(NewKey key) {
    return database
        .inTransaction(
            key.workspace(),
            tx ->
                tx.one(
                    "select last_used_at from api_key where key_id = ?",
                    row -> row.instant("last_used_at"),
                    key.id()))
        .orElseThrow();
  }
}
