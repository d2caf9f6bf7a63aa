package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AnswerCheckTest {
  private final AnswerCheck check = new AnswerCheck();

  @Test
  void holdsAnAnswerAgainstItsOwnSchemaAfterAThousandOthers() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(check.check("{\"pick\": \"o" + i + "\"}", onlyOption(i)))
          .isInstanceOf(AnswerCheck.Finding.Good.class);
    }
    assertThat(check.check("{\"pick\": \"o999\"}", onlyOption(0)))
        .isInstanceOf(AnswerCheck.Finding.Bad.class);
  }

  @Test
  void keepsNoMoreThanTheSchemasOfLate() {
    for (int i = 0; i < 2_000; i++) {
      check.check("{}", onlyOption(i));
    }
    assertThat(check.schemasKept()).isEqualTo(AnswerCheck.MOST_SCHEMAS);
  }

  private static String onlyOption(int number) {
    return "{\"type\": \"object\", \"properties\": {\"pick\": {\"enum\": [\"o" + number + "\"]}}}";
  }
}
