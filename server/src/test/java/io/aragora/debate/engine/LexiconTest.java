package io.aragora.debate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LexiconTest {
  private static final String LONG =
      "The migration took eleven hours last year because the index build blocked every writer, and"
          + " the team has since moved the largest tables to partitions that can be built one by"
          + " one while the old version still runs";

  private static boolean same(String a, String b) {
    return Lexicon.print(a).saysTheSameAs(Lexicon.print(b));
  }

  @Test
  void caseSpacingAndPunctuationDoNotMakeAClaimNew() {
    assertThat(same(LONG, LONG.toUpperCase(java.util.Locale.ROOT).replace(",", " ;") + "."))
        .isTrue();
  }

  @Test
  void oneChangedWordInALongClaimIsNoNewClaim() {
    assertThat(same(LONG, LONG.replace("largest", "biggest"))).isTrue();
  }

  @Test
  void aNegationMakesItAnotherClaim() {
    assertThat(same(LONG, LONG.replace("has since", "has not since"))).isFalse();
    assertThat(same("It does scale well", "It doesn't scale well")).isFalse();
  }

  @Test
  void anotherNumberMakesItAnotherClaim() {
    assertThat(same("It took 11 hours in 2024", "It took 12 hours in 2024")).isFalse();
  }

  @Test
  void otherWordsAreAnotherClaim() {
    assertThat(same(LONG, "Nobody on the team has run this database in production.")).isFalse();
  }

  @Test
  void scriptsWithoutSpacesAreCompared() {
    assertThat(same("数据库迁移需要很长时间", "数据库迁移需要很长时间。")).isTrue();
    assertThat(same("数据库迁移需要很长时间", "预算已经用完了没有余额")).isFalse();
  }

  @Test
  void emptyTextsSayTheSame() {
    assertThat(same("", " . ")).isTrue();
    assertThat(same("", "word")).isFalse();
  }

  @Test
  void keysOfTheSameAnswerAreEqual() {
    assertThat(Lexicon.key("  PostgreSQL 18! ")).isEqualTo("postgresql-18");
    assertThat(Lexicon.key("postgresql_18")).isEqualTo("postgresql-18");
    assertThat(Lexicon.key("Ｐｏｓｔｇｒｅｓ")).isEqualTo("postgres");
    assertThat(Lexicon.key("!?")).isEmpty();
    assertThat(Lexicon.key(Lexicon.key("Über Maß & Ziel"))).isEqualTo("über-maß-ziel");
    assertThat(Lexicon.key("x".repeat(500))).hasSize(80);
  }
}
