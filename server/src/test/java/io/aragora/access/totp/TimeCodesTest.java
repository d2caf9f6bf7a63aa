package io.aragora.access.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeCodesTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** The last six digits of the standard's eight (RFC 6238, appendix B, SHA-1). */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theStandardsVectorsHold(long second, String code) {
    Instant time = Instant.ofEpochSecond(second);
    assertThat(TimeCodes.code(SECRET, TimeCodes.stepAt(time))).isEqualTo(code);
    assertThat(TimeCodes.step(SECRET, code, time)).hasValue(second / 30);
  }

  @Test
  void aCodeCountsOneStepEarlyOrLateAndNoMore() {
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long step = TimeCodes.stepAt(now);
    for (long off = -3; off <= 3; off++) {
      String code = TimeCodes.code(SECRET, step + off);
      assertThat(TimeCodes.step(SECRET, code, now).isPresent())
          .as("off by " + off)
          .isEqualTo(Math.abs(off) <= 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12345", "1234567", "12345a", "-12345", "١٢٣٤٥٦", "123 456", "0x1234"})
  void whatIsNotSixPlainDigitsIsNoCode(String text) {
    assertThat(TimeCodes.step(SECRET, text, Instant.EPOCH)).isEmpty();
  }

  @Test
  void base32IsThatOfTheStandard() {
    assertThat(Base32.encode("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
    assertThat(Base32.encode(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  }
}
