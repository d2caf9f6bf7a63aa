package io.aragora.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.testing.GeneratedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsFileTest {
  private static final int SEED = 7;

  /** What the compose file has no use for: the command line's own, and other ways to a database. */
  private static final Set<String> NOT_OF_THE_STACK =
      Set.of(
          "ARAGORA_URL",
          "ARAGORA_KEY_FILE",
          "ARAGORA_HEAP_MB",
          "ARAGORA_DATABASE_PASSWORD_FILE",
          "ARAGORA_DATABASE_OWNER_PASSWORD_FILE");

  @Test
  void theExampleHasNoFault() {
    var findings = SettingsFile.of(SettingsDocs.envExample()).check();
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.warnings()).isEmpty();
  }

  @Test
  void theExampleIsTheBasicSettingsAndNoOthers() {
    var basic =
        Variables.all().stream()
            .filter(each -> each.level() == Variable.Level.BASIC)
            .map(Variable::writtenName)
            .toList();
    assertThat(EnvFile.parse(SettingsDocs.envExample()).values().keySet())
        .containsExactlyElementsOf(basic);
  }

  /** A setting that the stack does not pass on would be ignored without a word. */
  @Test
  void theStackPassesEverySettingOn() throws IOException {
    var passed = words("[^A-Z_]([A-Z][A-Z_]+)");
    assertThat(Variables.all())
        .map(Variable::writtenName)
        .filteredOn(name -> !NOT_OF_THE_STACK.contains(name) && !name.startsWith("COMPOSE_"))
        .allMatch(passed::contains);
  }

  /** What the stack reads stands in the table: else nobody could look it up. */
  @Test
  void theTableHasEverySettingTheStackReads() throws IOException {
    var known = Variables.all().stream().map(Variable::writtenName).toList();
    assertThat(words("\\$\\{([A-Z_]+)")).allMatch(known::contains);
  }

  private static Set<String> words(String pattern) throws IOException {
    var stack = Files.readString(GeneratedFiles.root().resolve("docker-compose.yml"));
    return Pattern.compile(pattern)
        .matcher(stack)
        .results()
        .map(each -> each.group(1))
        .collect(Collectors.toSet());
  }

  /** Line, then what must be said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HTTPS_PORT=eight|HTTPS_PORT is not a whole number; allowed: 1 to 65535",
        "HTTPS_PORT=0|HTTPS_PORT is a number too small; allowed: 1 to 65535",
        "TLS_MODE=on|TLS_MODE is not one of the words known here; allowed: internal, acme, byo, proxy",
        "APP_MEMORY=lots|APP_MEMORY is no amount of memory; allowed: a number and m or g, such as 512m",
        "BIND_ADDR=a b|BIND_ADDR is not a host name or IP address",
        "COMPOSE_PROJECT_NAME=Mine|COMPOSE_PROJECT_NAME is no name",
        "ARAGORA_OPENAI_KEY=sk-1|must not stand here; put it in a file and set ARAGORA_OPENAI_KEY_FILE",
        "ARAGORA_OPENAI_KEY_FILE=key|begins with neither / nor ./",
        "ARAGORA_LOG_LEVEL='loud|has a quote that is not closed",
        "ARAGORA_SMTP_USER=a$b|has a $, which Compose takes for a variable: put it in single quotes",
        "no settings here|line 1 is not NAME=VALUE"
      })
  void aBadValueIsAFault(String line, String words) {
    assertThat(SettingsFile.of(line).check().faults()).anyMatch(each -> each.contains(words));
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PROT,HTTP_PORT",
    "ARAGORA_LOGLEVEL,ARAGORA_LOG_LEVEL",
    "TLSMODE,TLS_MODE",
    "ARAGORA_OPENAI_KEYFILE,ARAGORA_OPENAI_KEY_FILE"
  })
  void anUnknownNameIsAWarningWithTheNearest(String name, String nearest) {
    var findings = SettingsFile.of(name + "=1").check();
    assertThat(findings.faults()).isEmpty();
    assertThat(findings.warnings())
        .containsExactly("%s is unknown; the nearest setting is %s".formatted(name, nearest));
  }

  @Test
  void aNameSetTwiceIsAFault() {
    assertThat(SettingsFile.of("HTTP_PORT=1\nHTTP_PORT=2\n").check().faults())
        .containsExactly("HTTP_PORT is set twice, in line 2 again");
  }

  @Test
  void everyValueSurvivesBeingWritten() {
    var random = new Random(SEED);
    var signs = "$#'\"@:/%\\ =aZ9`!{}&;".toCharArray();
    for (int round = 0; round < 2_000; round++) {
      var value = new StringBuilder();
      int length = random.nextInt(12);
      for (int at = 0; at < length; at++) {
        value.append(signs[random.nextInt(signs.length)]);
      }
      var text = SettingsFile.of("A=1\n").with("ARAGORA_SMTP_USER", value.toString());
      var read = EnvFile.parse(text);
      assertThat(read.faults()).as(text).isEmpty();
      assertThat(read.values()).as(text).containsEntry("ARAGORA_SMTP_USER", value.toString());
    }
  }

  @Test
  void aChangeKeepsEverythingElse() {
    var text = "# mine\nHTTP_PORT=1 # why\nTLS_MODE=acme";
    assertThat(SettingsFile.of(text).with("HTTP_PORT", "2"))
        .isEqualTo("# mine\nHTTP_PORT=2\nTLS_MODE=acme");
    assertThat(SettingsFile.of(text).with("BIND_ADDR", "::1"))
        .isEqualTo(text + "\nBIND_ADDR=::1\n");
  }

  @Test
  void aValueOfTwoLinesIsRefused() {
    assertThatThrownBy(() -> SettingsFile.of("").with("HTTP_PORT", "1\n2"))
        .isInstanceOf(SettingsFault.class)
        .hasMessageContaining("control character");
  }

  @Test
  void whatIsInForceIsTheFileOrTheDefault() {
    var shown = SettingsFile.of("HTTPS_PORT=443").inForce();
    assertThat(shown)
        .contains(
            new SettingsFile.InForce("HTTPS_PORT", "443", true),
            new SettingsFile.InForce("HTTP_PORT", "8080", false));
    assertThat(shown).hasSameSizeAs(Variables.all());
  }

  @Test
  void quotesAndCommentsAreReadAsComposeReadsThem() {
    var lines =
        List.of(
            "A=x # y", "B='x # y' # z", "C=\"a\\\"b\\$\"", "export D=x#y", "E=", "F=  spaced  ");
    assertThat(EnvFile.parse(String.join("\n", lines)).values().values())
        .containsExactlyElementsOf(Stream.of("x", "x # y", "a\"b$", "x#y", "", "spaced").toList());
  }
}
