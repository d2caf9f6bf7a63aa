package io.aragora.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiptFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|JSON",
        "application/json|JSON",
        "text/markdown|MD",
        "text/*|MD",
        "application/jose|JWS",
        "application/vnd.open-decision-receipt+json|ODR",
        "text/html, text/markdown;q=0.5|MD",
        "application/jose;q=0.2, text/markdown;q=0.9|MD",
        "application/json;q=0, text/markdown|MD"
      })
  void acceptChoosesWhatTheReaderLikesBest(String accept, ReceiptFormat format) {
    assertThat(ReceiptFormat.asked(Optional.empty(), Optional.of(accept))).isEqualTo(format);
  }

  @Test
  void theFormatNamedGoesBeforeAccept() {
    assertThat(ReceiptFormat.asked(Optional.of("odr"), Optional.of("text/markdown")))
        .isEqualTo(ReceiptFormat.ODR);
  }

  @Test
  void withoutAnyWishItIsTheEnvelope() {
    assertThat(ReceiptFormat.asked(Optional.empty(), Optional.empty()))
        .isEqualTo(ReceiptFormat.JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pdf", "JSON", "", "md "})
  void anUnknownFormatIsRefusedWithTheList(String format) {
    refused(Optional.of(format), Optional.of("*/*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/pdf", "image/*", "text/markdown;q=0", "text/markdown;q=x"})
  void anAcceptThatNothingFitsIsRefusedWithTheList(String accept) {
    refused(Optional.empty(), Optional.of(accept));
  }

  private static void refused(Optional<String> format, Optional<String> accept) {
    assertThatThrownBy(() -> ReceiptFormat.asked(format, accept))
        .isInstanceOfSatisfying(
            Refusal.class,
            no -> {
              assertThat(no.code()).isEqualTo(ErrorCode.NOT_ACCEPTABLE);
              assertThat(no.detail()).contains("json", "jws", "odr", "md");
            });
  }
}
