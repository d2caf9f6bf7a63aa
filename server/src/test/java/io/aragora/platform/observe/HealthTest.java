package io.aragora.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.Migrations;
import io.aragora.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final Database database = TestDatabase.shared().database();

  @Test
  void isReadyWhenEveryProbeIsGood() {
    var probes =
        List.of(
            Probe.database(database),
            Probe.schema(database, Migrations.carried()),
            Probe.disk(Path.of("."), 1));
    var report = new Health(probes, probes).ready();
    assertThat(report.checks()).allMatch(line -> line.detail() == null);
    assertThat(report.isUp()).isTrue();
  }

  @Test
  void namesWhatIsWrong() {
    var probes = List.of(Probe.schema(database, "9999"), Probe.disk(Path.of("."), Long.MAX_VALUE));
    var report = new Health(List.of(), probes).ready();
    assertThat(report.isUp()).isFalse();
    assertThat(report.checks())
        .extracting(HealthReport.Line::name)
        .containsExactly("draining", "schema", "disk");
    assertThat(report.checks().get(1).detail()).contains("this build needs 9999");
  }

  @Test
  void livesEvenWhenTheDatabaseIsGone() {
    try (var gone =
        Database.open(new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/x", "x", "x"), 1)) {
      var health = new Health(List.of(), List.of(Probe.database(gone)));
      assertThat(health.live().isUp()).isTrue();
      assertThat(health.ready().isUp()).isFalse();
    }
  }

  @Test
  void takesABrokenProbeForABadOneAndHidesItsWords() {
    var probe =
        new Probe(
            "odd",
            () -> {
              throw new IllegalStateException("password=hunter2");
            });
    var report = new Health(List.of(), List.of(probe)).ready();
    assertThat(report.isUp()).isFalse();
    assertThat(report.toString()).doesNotContain("hunter2");
  }

  @Test
  void isNotReadyOnceItDrains() {
    var health = new Health(List.of(), List.of(new Probe("fine", Optional::empty)));
    assertThat(health.ready().isUp()).isTrue();
    health.drain();
    assertThat(health.ready().isUp()).isFalse();
    assertThat(health.live().isUp()).isTrue();
  }
}
