package io.aragora.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TilePathTest {
  @ParameterizedTest
  @CsvSource({
    "000,0,256",
    "067,67,256",
    "x001/x234/067,1234067,256",
    "x001/x234/067.p/17,1234067,17",
    "000.p/255,0,255",
  })
  void readsNumberAndWidth(String path, long number, int width) {
    assertThat(TilePath.parse(path)).contains(new TilePath(number, width));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1234",
        "x001",
        "001/002",
        "x000/001",
        "000.p/0",
        "000.p/01",
        "000.p/256",
        "000.p",
        "000.p/",
        "-01",
        "000/",
        "../000",
        "\u0660\u0661\u0662",
      })
  void refusesEverySecondSpelling(String path) {
    assertThat(TilePath.parse(path)).isEmpty();
  }

  @Test
  void bundlesEntriesBehindTheirLengths() {
    byte[] bundle = TilePath.bundle(List.of(new byte[] {7}, new byte[300]));
    assertThat(bundle).hasSize(2 + 1 + 2 + 300).startsWith(0, 1, 7, 1, 44, 0);
  }
}
