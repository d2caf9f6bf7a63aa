package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.kernel.ErrorCode;
import io.aragora.platform.config.Settings;
import io.aragora.platform.config.SettingsDocs;
import io.aragora.platform.http.spec.ReferencePages;
import io.aragora.platform.observe.MeterDocs;
import io.aragora.system.Build;
import io.aragora.testing.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One fact, one home: whatever is written down twice is compared here. */
final class ConsistencyTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final Set<String> NO_VALUES = Set.of("changeme", "secret", "admin", "letmein");

  @Test
  void everyPlaceNamesTheSameVersion() throws IOException {
    var version = Files.readString(GeneratedFiles.root().resolve("VERSION")).strip();
    assertThat(Build.read().version()).as("build.properties").isEqualTo(version);
    for (String pom : List.of("pom.xml", "server/pom.xml")) {
      assertThat(Files.readString(GeneratedFiles.root().resolve(pom)))
          .as(pom)
          .contains("<version>" + version + "</version>");
    }
  }

  @Test
  void theExampleEnvironmentIsTheTableOfSettings() {
    GeneratedFiles.check(".env.example", SettingsDocs.envExample());
  }

  @Test
  void theSettingsPageIsTheTableOfSettings() {
    GeneratedFiles.check("docs/reference/settings.md", SettingsDocs.reference());
  }

  @Test
  void thePageOfMetersIsTheTableOfMeters() {
    GeneratedFiles.check("docs/reference/metrics.md", MeterDocs.reference());
  }

  @Test
  void theExampleEnvironmentWorksAsItStands() {
    var environment = new HashMap<String, String>();
    example().forEach(line -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    assertThat(Settings.read(environment)).isNotNull();
  }

  @Test
  void theExampleEnvironmentIsShortAndHoldsNoSecret() {
    assertThat(example()).hasSizeLessThanOrEqualTo(25);
    assertThat(example())
        .noneMatch(line -> NO_VALUES.contains(line.split("=", 2)[1]))
        .noneMatch(line -> line.matches(".*(PASSWORD|KEY|SECRET|TOKEN)=.*"));
  }

  @Test
  void everyErrorCodeIsDocumented() {
    GeneratedFiles.check("docs/reference/errors.md", ReferencePages.errors());
  }

  @Test
  void everyErrorCodeSaysWhatToDo() {
    assertThat(ErrorCode.values())
        .allMatch(code -> !code.remedy().isBlank() && code.status() >= 400 && code.status() < 600);
  }

  @Test
  void migrationsAreNumberedWithoutAGap() throws IOException {
    var numbers =
        migrations().stream().map(file -> Integer.parseInt(file.substring(1, 5))).toList();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Test
  void everyMigrationSaysWhyInItsFirstLine() throws IOException {
    for (String file : migrations()) {
      assertThat(Files.readAllLines(MIGRATIONS.resolve(file)).getFirst())
          .as(file)
          .startsWith("-- ");
    }
  }

  /** A release adds its files to the list; from then on no byte of them may change. */
  @Test
  void noReleasedMigrationWasEdited() throws Exception {
    for (String line :
        Files.readAllLines(Path.of("src/test/resources/released-migrations.sha256"))) {
      if (!line.startsWith("#")) {
        var parts = line.split("\\s+", 2);
        var bytes = Files.readAllBytes(MIGRATIONS.resolve(parts[1]));
        var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        assertThat(HexFormat.of().formatHex(digest)).as(parts[1]).isEqualTo(parts[0]);
      }
    }
  }

  private static List<String> example() {
    return SettingsDocs.envExample()
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .toList();
  }

  private static List<String> migrations() throws IOException {
    var name = Pattern.compile("V\\d{4}__[a-z_]+\\.sql").asMatchPredicate();
    try (var files = Files.list(MIGRATIONS)) {
      var all = files.map(each -> each.getFileName().toString()).sorted().toList();
      assertThat(all).allMatch(name);
      return all;
    }
  }
}
