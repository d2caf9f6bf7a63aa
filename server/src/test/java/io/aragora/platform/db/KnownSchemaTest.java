package io.aragora.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownSchemaTest {
  @Test
  void worksOnTheSchemaItCarriesAndNoOther() {
    var known = new KnownSchema("0038", null);

    assertThat(known.refusal("0038")).isEmpty();
    assertThat(known.refusal("0")).hasValueSatisfying(text -> assertThat(text).contains("empty"));
    assertThat(known.refusal("0037"))
        .hasValueSatisfying(text -> assertThat(text).contains("at 0037", "needs 0038"));
    assertThat(known.refusal("0039"))
        .hasValueSatisfying(text -> assertThat(text).contains("at 0039", "knows only 0038"));
  }

  @Test
  void worksOnNewerOnesAsFarAsTheOperatorVouches() {
    var known = new KnownSchema("0038", "0041");

    assertThat(known.refusal("0041")).isEmpty();
    assertThat(known.refusal("0042")).isPresent();
    assertThat(known.refusal("0037")).isPresent();
  }

  @Test
  void whatIsVouchedForCannotTakeAwayWhatIsCarried() {
    assertThat(new KnownSchema("0042", "0041").refusal("0042")).isEmpty();
  }
}
