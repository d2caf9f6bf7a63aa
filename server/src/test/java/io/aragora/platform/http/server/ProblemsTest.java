package io.aragora.platform.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.testing.TestDatabase;
import org.junit.jupiter.api.Test;

final class ProblemsTest {
  private static Refusal refused(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException wrong) {
      return Problems.refusal(wrong);
    }
    throw new AssertionError("nothing went wrong");
  }

  @Test
  void callsADatabaseThatIsGoneUnavailableAndRetryable() {
    try (var gone =
        Database.open(new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/x", "x", "x"), 1)) {
      var refusal = refused(() -> gone.inSystemTransaction(tx -> tx.update("select 1")));
      assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      var reply = Problems.reply(refusal, "/x", "id");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers()).containsKey("Retry-After");
    }
  }

  @Test
  void callsAFullDiskStorageFull() {
    // PostgreSQL lets a function raise any SQLSTATE: the real one, without filling a real disk.
    var refusal =
        refused(
            () ->
                TestDatabase.shared()
                    .database()
                    .inSystemTransaction(
                        tx ->
                            tx.update(
                                "do $$ begin raise exception 'full' using errcode = '53100'; end"
                                    + " $$")));
    assertThat(refusal.code()).isEqualTo(ErrorCode.STORAGE_FULL);
    assertThat(refusal.code().status()).isEqualTo(507);
  }

  @Test
  void callsWrongSqlOurMistakeAndShowsNoneOfIt() {
    var refusal =
        refused(
            () ->
                TestDatabase.shared()
                    .database()
                    .inSystemTransaction(tx -> tx.update("select secret from nowhere")));
    assertThat(refusal.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(refusal.detail()).doesNotContain("nowhere");
  }
}
