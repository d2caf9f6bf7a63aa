package io.aragora.platform.mail;

import io.aragora.kernel.Refusal;
import java.net.IDN;
import java.util.regex.Pattern;

/** One plain text mail to one address; refuses whatever could become a header of its own. */
public record Mail(String to, String subject, String text) {
  private static final int LONGEST_ADDRESS = 254;
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_TEXT = 20_000;
  private static final Pattern LOCAL =
      Pattern.compile(
          "[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]{1,64})*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  public Mail {
    to = address("/to", to);
    if (subject.isBlank() || subject.length() > LONGEST_SUBJECT || hasControl(subject)) {
      throw Refusal.invalid(
          "/subject", "form", "a subject is one line of 1 to " + LONGEST_SUBJECT + " characters");
    }
    if (text.isBlank() || text.length() > LONGEST_TEXT || hasControl(text.replace("\n", ""))) {
      throw Refusal.invalid(
          "/text", "form", "a text has 1 to " + LONGEST_TEXT + " characters and no control ones");
    }
  }

  /** The address as it is sent to, or a refusal that names the field it came in. */
  public static String address(String pointer, String written) {
    String text = written.strip();
    int at = text.lastIndexOf('@');
    if (at < 1 || text.length() > LONGEST_ADDRESS) {
      throw noAddress(pointer);
    }
    String local = text.substring(0, at);
    String domain = domain(pointer, text.substring(at + 1));
    if (local.length() > 64
        || !LOCAL.matcher(local).matches()
        || local.length() + 1 + domain.length() > LONGEST_ADDRESS) {
      throw noAddress(pointer);
    }
    return local + "@" + domain;
  }

  private static String domain(String pointer, String written) {
    try {
      String ascii =
          IDN.toASCII(written, IDN.USE_STD3_ASCII_RULES).toLowerCase(java.util.Locale.ROOT);
      if (DOMAIN.matcher(ascii).matches()) {
        return ascii;
      }
    } catch (IllegalArgumentException noName) {
      // Said below, without the library's words.
    }
    throw noAddress(pointer);
  }

  /** Control characters, and those that reorder or hide text. */
  private static boolean hasControl(String text) {
    return text.codePoints()
        .anyMatch(
            point ->
                switch (Character.getType(point)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      true;
                  default -> false;
                });
  }

  private static Refusal noAddress(String pointer) {
    return Refusal.invalid(pointer, "email", "this is no e-mail address mail can be sent to");
  }

  @Override
  public String toString() {
    return "mail";
  }
}
