package io.aragora.platform.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 or refuses: the JDK's default replaces bad bytes, which would change the text. */
final class Utf8 {
  private Utf8() {}

  static String strict(byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      refuseLoneSurrogateEscapes(text);
      return text;
    } catch (CharacterCodingException bad) {
      throw new JsonFault("", "encoding", "the text is not UTF-8");
    }
  }

  /**
   * A lone surrogate can only come in as an escape; it has no UTF-8 form, so it cannot be signed.
   */
  private static void refuseLoneSurrogateEscapes(String text) {
    for (int at = text.indexOf("\\u"); at >= 0; at = text.indexOf("\\u", at + 2)) {
      if (isEscapedBackslash(text, at) || at + 6 > text.length()) {
        continue;
      }
      char unit = unit(text, at);
      if (Character.isHighSurrogate(unit)
          && text.startsWith("\\u", at + 6)
          && at + 12 <= text.length()
          && Character.isLowSurrogate(unit(text, at + 6))) {
        at += 6;
      } else if (Character.isSurrogate(unit)) {
        throw new JsonFault("", "encoding", "the text holds half of a surrogate pair");
      }
    }
  }

  private static boolean isEscapedBackslash(String text, int at) {
    int run = 0;
    for (int before = at - 1; before >= 0 && text.charAt(before) == '\\'; before--) {
      run++;
    }
    return run % 2 == 1;
  }

  private static char unit(String text, int at) {
    try {
      return (char) Integer.parseInt(text.substring(at + 2, at + 6), 16);
    } catch (NumberFormatException notHex) {
      return 0;
    }
  }
}
