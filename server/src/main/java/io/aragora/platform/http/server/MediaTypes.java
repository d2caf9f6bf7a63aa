package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Compares the media types a request names with those an operation speaks. */
final class MediaTypes {
  private MediaTypes() {}

  /** Refuses if none of the operation's formats is in {@code accept}. */
  static void checkAccept(Operation operation, List<String> accept) {
    List<String> formats = operation.gives().stream().map(Operation.Gives::mediaType).toList();
    boolean good =
        accept.isEmpty()
            || formats.isEmpty()
            || accept.stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .filter(range -> !isRefused(range))
                .map(MediaTypes::essence)
                .anyMatch(range -> formats.stream().anyMatch(format -> covers(range, format)));
    if (!good) {
      throw Refusal.of(
          ErrorCode.NOT_ACCEPTABLE,
          "this operation answers with "
              + formats.stream().distinct().collect(Collectors.joining(", ")));
    }
  }

  /** Refuses a body of another type than {@code wanted}; a charset may only be UTF-8. */
  static void checkContent(String wanted, String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    boolean utf8 = !lower.contains("charset=") || lower.matches(".*charset=\"?utf-8\"?\\s*(;.*)?");
    if (!essence(contentType).equals(wanted) || !utf8) {
      throw Refusal.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "send the body as Content-Type: " + wanted);
    }
  }

  private static boolean isRefused(String range) {
    return range.toLowerCase(Locale.ROOT).matches(".*;\\s*q=0(\\.0{0,3})?\\s*(;.*)?");
  }

  private static String essence(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean covers(String range, String format) {
    String plain = essence(format);
    return range.equals("*/*")
        || range.equals(plain)
        || (range.endsWith("/*") && plain.startsWith(range.substring(0, range.length() - 1)));
  }
}
