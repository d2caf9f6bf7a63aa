package io.aragora;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.testing.architecture.Code;
import io.aragora.testing.architecture.Rule;
import io.aragora.testing.architecture.Sizes;
import io.aragora.testing.architecture.SourceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The house's rules hold, and each is shown to bite on code that breaks it on purpose. */
final class ArchitectureTest {
  private static Code server;

  @BeforeAll
  static void readTheCode() {
    server = Code.ofTheServer();
  }

  @ParameterizedTest
  @EnumSource
  void theServerKeeps(Rule rule) {
    assertThat(rule.complaints(server)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPlantedViolationIsFoundBy(Rule rule) {
    assertThat(rule.complaints(Code.planted(rule.planted())))
        .isNotEmpty()
        .allMatch(each -> each.toLowerCase(java.util.Locale.ROOT).contains("planted"));
  }

  /** Each way to break the rule on tables, for it has several parts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "planted_budget is written by [planted.r12.budget, planted.r12.debate]",
        "PlantedDebates.java holds SQL and is not a store",
        "writes table planted_report; usage may only read",
        "planted_budget has a workspace and no: alter\\s+table\\s+planted_budget\\s+force",
        "planted_budget has a workspace and no: create\\s+policy"
      })
  void everyPartOfTheRuleOnTablesBites(String complaint) {
    assertThat(Rule.EACH_TABLE_HAS_ONE_WRITER.complaints(Code.planted("r12")))
        .anyMatch(each -> each.contains(complaint));
  }

  @Test
  void testsStayReadable() {
    assertThat(Sizes.complaintsOfTests(SourceFile.under(Path.of("src/test/java/io")))).isEmpty();
  }

  @Test
  void thereIsCodeToJudge() {
    assertThat(server.classes().size()).isGreaterThan(20);
    assertThat(server.sources()).hasSizeGreaterThan(20);
    assertThat(server.migrations()).isNotEmpty();
  }
}
