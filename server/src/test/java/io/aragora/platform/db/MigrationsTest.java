package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Migrating is one step, whoever does it and however often. */
final class MigrationsTest {
  @Test
  void twoMigrationsAtOnceAreOneMigration() {
    TestDatabase test = TestDatabase.empty();
    try {
      List<CompletableFuture<String>> both =
          IntStream.range(0, 2)
              .mapToObj(
                  each ->
                      CompletableFuture.supplyAsync(
                          () -> Migrations.apply(test.owner(), test.app().user())))
              .toList();

      assertThat(both.stream().map(CompletableFuture::join)).containsOnly(Migrations.carried());
      assertThat(applied(test)).doesNotHaveDuplicates().last().isEqualTo(Migrations.carried());
    } finally {
      test.database().close();
    }
  }

  private static List<String> applied(TestDatabase test) {
    return test.database()
        .inSystemTransaction(
            tx ->
                tx.list(
                    """
                    select version
                      from flyway_schema_history
                     where version is not null
                     order by version
                    """,
                    row -> row.text("version")));
  }
}
