package io.aragora.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.observe.Health;
import io.aragora.platform.observe.Probe;
import io.aragora.testing.GeneratedFiles;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SystemInfoTest {
  @Test
  void saysTheVersionOfTheRepository() throws Exception {
    String version = Files.readString(GeneratedFiles.root().resolve("VERSION")).strip();
    assertThat(Build.read().version()).isEqualTo(version);
    assertThat(Build.read().commit()).doesNotContain("$");
  }

  @Test
  void findsWhatIsBadAndSaysWhatToDo() {
    var health = new Health(List.of(), List.of(new Probe("disk", () -> Optional.of("full"))));
    var info =
        new SystemInfo("0009", SystemInfo.Rehearsal.ON, health, InstantSource.fixed(Instant.EPOCH));
    var bad = info.doctor().stream().filter(each -> !each.isGood()).toList();
    assertThat(bad).hasSize(1);
    assertThat(bad.getFirst().name()).isEqualTo("disk");
    assertThat(bad.getFirst().remedy()).contains("Free space");
  }
}
