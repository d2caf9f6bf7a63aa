package io.aragora.platform.config;

import io.aragora.kernel.Money;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a setting may be: its name for people, the range allowed, and how text becomes a value. */
record Kind<T>(String type, String allowed, Function<String, T> reader) {
  private static final String SECRET = "secret file";

  /** Text is of the wrong class; the message says what it is not, never what it was. */
  static final class BadValue extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadValue(String message) {
      super(message, null, false, false);
    }
  }

  boolean isSecret() {
    return type.equals(SECRET);
  }

  T read(String text) {
    return reader.apply(text);
  }

  static Kind<Long> whole(long least, long most) {
    return new Kind<>("whole number", range(least, most, ""), text -> number(text, least, most));
  }

  static Kind<Integer> small(int least, int most) {
    return new Kind<>(
        "whole number", range(least, most, ""), text -> (int) number(text, least, most));
  }

  static Kind<Duration> seconds(long least, long most) {
    return new Kind<>(
        "seconds",
        range(least, most, " seconds"),
        text -> Duration.ofSeconds(number(text, least, most)));
  }

  static Kind<Money> money(long most) {
    return new Kind<>(
        "micro-dollars",
        range(0, most, " micro-dollars (1000000 is one US dollar)"),
        text -> Money.ofMicro(number(text, 0, most)));
  }

  static Kind<String> text(String allowed, int most) {
    return new Kind<>("text", allowed, text -> bounded(text, most));
  }

  /** Text of one form, which {@code allowed} says in words. */
  static Kind<String> form(String type, String allowed, String pattern) {
    return new Kind<>(
        type,
        allowed,
        text -> {
          if (!text.matches(pattern)) {
            throw new BadValue("is no " + type);
          }
          return text;
        });
  }

  static Kind<String> host() {
    return new Kind<>("host", "a host name or IP address", Urls::host);
  }

  static Kind<String> email() {
    return new Kind<>("e-mail address", "name@host", Kind::toEmail);
  }

  static Kind<Secret> secret() {
    return new Kind<>(
        SECRET, "a file of 1 to 4096 characters", text -> new Secret(bounded(text, 4096)));
  }

  static Kind<Path> path() {
    return new Kind<>("path", "a path of this machine", Kind::toPath);
  }

  static Kind<Boolean> onOff() {
    return new Kind<>("switch", "on or off", Kind::toSwitch);
  }

  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    var names = Stream.of(type.getEnumConstants()).map(Kind::lower).toList();
    return new Kind<>(
        "word",
        String.join(", ", names),
        text ->
            Stream.of(type.getEnumConstants())
                .filter(each -> lower(each).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadValue("is not one of the words known here")));
  }

  static Kind<List<String>> names(int most) {
    return new Kind<>(
        "list", "up to " + most + " names, separated by commas", text -> split(text, most));
  }

  /** A base address: scheme, host, maybe port and path; nothing that could carry a secret. */
  static Kind<URI> url() {
    return new Kind<>(
        "URL", "http:// or https:// with a host, without user, query or fragment", Urls::base);
  }

  static Kind<List<URI>> origins(int most) {
    return new Kind<>(
        "list of origins",
        "up to " + most + " of scheme://host:port, separated by commas",
        text -> split(text, most).stream().map(Urls::origin).toList());
  }

  static Kind<List<String>> proxies(int most) {
    return new Kind<>(
        "list of proxies",
        "up to " + most + " addresses, blocks such as 10.1.0.0/16, or host names",
        text -> split(text, most).stream().map(Urls::proxy).toList());
  }

  static Kind<String> databaseUrl() {
    return new Kind<>(
        "URL", "jdbc:postgresql://HOST:PORT/NAME, without user or password", Urls::database);
  }

  private static String range(long least, long most, String unit) {
    return least + " to " + most + unit;
  }

  private static long number(String text, long least, long most) {
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException bad) {
      throw new BadValue("is not a whole number");
    }
    if (value < least || value > most) {
      throw new BadValue(value < least ? "is a number too small" : "is a number too large");
    }
    return value;
  }

  private static String bounded(String text, int most) {
    if (text.length() > most) {
      throw new BadValue("is text of %d characters".formatted(text.length()));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new BadValue("has a control character");
    }
    return text;
  }

  private static String toEmail(String text) {
    if (!bounded(text, 254).matches("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")) {
      throw new BadValue("is no e-mail address");
    }
    return text;
  }

  private static Path toPath(String text) {
    try {
      return Path.of(bounded(text, 4096));
    } catch (InvalidPathException bad) {
      throw new BadValue("is not a path");
    }
  }

  private static Boolean toSwitch(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new BadValue("is neither on nor off");
    };
  }

  private static List<String> split(String text, int most) {
    var parts = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (parts.stream().anyMatch(String::isEmpty)) {
      throw new BadValue("has an empty entry");
    }
    if (parts.size() > most) {
      throw new BadValue("has %d entries".formatted(parts.size()));
    }
    if (parts.stream().distinct().count() < parts.size()) {
      throw new BadValue("names an entry twice");
    }
    parts.forEach(part -> bounded(part, 200));
    return parts;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
