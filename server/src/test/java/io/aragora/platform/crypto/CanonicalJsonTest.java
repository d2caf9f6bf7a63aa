package io.aragora.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aragora.platform.json.Json;
import io.aragora.platform.json.JsonFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {
  @Test
  void writesTheSampleOfRfc8785() {
    String sample =
        """
        {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
         "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
         "literals": [null, true, false]}""";
    assertThat(canonical(sample))
        .isEqualTo(
            "{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
  }

  @Test
  void sortsNamesByUtf16CodeUnits() {
    String sample =
        """
        {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
         "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
         "\\u00f6": "Latin Small Letter O With Diaeresis"}""";
    assertThat(Json.tree(canonical(sample)).properties())
        .extracting(member -> member.getValue().textValue())
        .containsExactly(
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh");
  }

  @Test
  void writesTenThousandTreesAsTheReferenceLibraryDoes() throws IOException {
    var random = new Random(8785);
    for (int i = 0; i < 10_000; i++) {
      ObjectNode tree = RandomTrees.object(random, 3);
      assertThat(CanonicalJson.bytes(tree))
          .isEqualTo(new JsonCanonicalizer(Json.bytes(tree)).getEncodedUTF8());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000000000000000,0",
    "0x8000000000000000,0",
    "0x0000000000000001,5e-324",
    "0x8000000000000001,-5e-324",
    "0x7fefffffffffffff,1.7976931348623157e+308",
    "0x4340000000000000,9007199254740992",
    "0x4430000000000000,295147905179352830000",
    "0x44b52d02c7e14af5,9.999999999999997e+22",
    "0x44b52d02c7e14af6,1e+23",
    "0x444b1ae4d6e2ef4e,999999999999999700000",
    "0x444b1ae4d6e2ef50,1e+21",
    "0x3eb0c6f7a0b5ed8c,9.999999999999997e-7",
    "0x3eb0c6f7a0b5ed8d,0.000001",
    "0x41b3de4355555553,333333333.3333332",
    "0x41b3de4355555557,333333333.33333343",
    "0xbecbf647612f3696,-0.0000033333333333333333",
  })
  void writesNumbersAsAppendixBOfRfc8785(String bits, String text) {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits.substring(2), 16));
    var array = JsonNodeFactory.instance.arrayNode().add(number);
    assertThat(new String(CanonicalJson.bytes(array), StandardCharsets.UTF_8))
        .isEqualTo("[" + text + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"\\u0062\":2}}",
        "{\"a\":9007199254740992}",
        "{\"a\":-9007199254740992}",
        "{\"a\":1.5}",
        "{\"a\":1e2}",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udfff\":1}",
        "{\"a\":\"\\ud800\\ud800\"}",
        "{\"a\":1} ,",
        "{\"a\":1}{}",
        "{\"a\":NaN}",
        "{'a':1}",
        "{\"a\":01}",
        "",
      })
  void refusesWhatHasNoSingleMeaning(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CanonicalJson.parse(utf8, JsonLimits.RECEIPT))
        .isInstanceOf(JsonFault.class);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bad = {'"', (byte) 0xC0, (byte) 0x80, '"'};
    assertThatThrownBy(() -> CanonicalJson.parse(bad, JsonLimits.RECEIPT))
        .isInstanceOf(JsonFault.class);
  }

  @Test
  void takesThirtyTwoLevelsAndNoMore() {
    CanonicalJson.parse(nested(32), JsonLimits.RECEIPT);
    assertThatThrownBy(() -> CanonicalJson.parse(nested(33), JsonLimits.RECEIPT))
        .isInstanceOf(JsonFault.class)
        .hasMessageContaining("32");
  }

  @Test
  void takesOneMebibyteAndNoMore() {
    int most = JsonLimits.RECEIPT.maxBytes();
    CanonicalJson.parse(text(most), JsonLimits.RECEIPT);
    assertThatThrownBy(() -> CanonicalJson.parse(text(most + 1), JsonLimits.RECEIPT))
        .isInstanceOf(JsonFault.class);
  }

  @Test
  void refusesToWriteWhatTheLibraryWouldSilentlyChange() {
    var half = Json.object().put("a", "x\ud83d");
    var large = Json.object().put("a", (1L << 53) + 1);
    var endless = Json.object().put("a", Double.NaN);
    assertThatThrownBy(() -> CanonicalJson.bytes(half)).isInstanceOf(JsonFault.class);
    assertThatThrownBy(() -> CanonicalJson.bytes(large)).isInstanceOf(JsonFault.class);
    assertThatThrownBy(() -> CanonicalJson.bytes(endless)).isInstanceOf(JsonFault.class);
  }

  @Test
  void keepsNullMembers() {
    assertThat(canonical("{\"b\":null,\"a\":[]}")).isEqualTo("{\"a\":[],\"b\":null}");
  }

  @Test
  void knowsCanonicalBytesFromOthers() {
    byte[] exact = "{\"a\":1,\"b\":2}".getBytes(StandardCharsets.UTF_8);
    byte[] spaced = "{\"a\": 1,\"b\":2}".getBytes(StandardCharsets.UTF_8);
    assertThat(CanonicalJson.isCanonical(exact, JsonLimits.RECEIPT)).isTrue();
    assertThat(CanonicalJson.isCanonical(spaced, JsonLimits.RECEIPT)).isFalse();
  }

  private static String canonical(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return new String(
        CanonicalJson.bytes(CanonicalJson.parse(utf8, JsonLimits.DOCUMENT)),
        StandardCharsets.UTF_8);
  }

  private static byte[] nested(int levels) {
    return ("[".repeat(levels) + "]".repeat(levels)).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] text(int bytes) {
    return ("[\"" + "x".repeat(bytes - 4) + "\"]").getBytes(StandardCharsets.UTF_8);
  }
}
