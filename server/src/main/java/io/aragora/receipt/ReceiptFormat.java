package io.aragora.receipt;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A form a receipt can be exported in. */
public enum ReceiptFormat {
  /** The DSSE envelope, exactly as signed. */
  JSON("application/vnd.dsse.envelope.v1+json", "application/json", "json"),
  /** The twin in compact JOSE form. */
  JWS("application/jose", "application/jose", "jws"),
  /** An Open Decision Receipt v0.2. */
  ODR("application/vnd.open-decision-receipt+json", "application/odr+json", "odr.json"),
  /** A text for people. */
  MD("text/markdown", "text/x-markdown", "md");

  private final String mediaType;
  private final String alias;
  private final String extension;

  ReceiptFormat(String mediaType, String alias, String extension) {
    this.mediaType = mediaType;
    this.alias = alias;
    this.extension = extension;
  }

  public String mediaType() {
    return mediaType;
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The file name a download gets. */
  String fileName(String receipt) {
    return "receipt-" + receipt + "." + extension;
  }

  /** What {@code ?format=} names, else what {@code Accept} likes best; never a silent fallback. */
  static ReceiptFormat asked(Optional<String> format, Optional<String> accept) {
    return format.map(ReceiptFormat::named).orElseGet(() -> accepted(accept.orElse("*/*")));
  }

  private static ReceiptFormat named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.wire().equals(name))
        .findFirst()
        .orElseThrow(() -> refusal("no format is called " + quoted(name)));
  }

  private static ReceiptFormat accepted(String accept) {
    List<Range> ranges =
        Arrays.stream(accept.split(","))
            .map(Range::of)
            .filter(range -> range.quality > 0)
            .sorted(Comparator.comparingDouble(range -> -range.quality))
            .toList();
    return ranges.stream()
        .flatMap(range -> Arrays.stream(values()).filter(range::covers).limit(1))
        .findFirst()
        .orElseThrow(() -> refusal("Accept names nothing a receipt can be: " + quoted(accept)));
  }

  private static Refusal refusal(String what) {
    String all =
        Arrays.stream(values())
            .map(each -> each.wire() + " (" + each.mediaType + ")")
            .collect(Collectors.joining(", "));
    return Refusal.of(ErrorCode.NOT_ACCEPTABLE, what + "; formats: " + all);
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 80 ? text.substring(0, 80) + "..." : text) + '"';
  }

  /** One entry of an Accept header. */
  private record Range(String type, double quality) {
    static Range of(String entry) {
      String[] parts = entry.split(";");
      return new Range(parts[0].strip().toLowerCase(Locale.ROOT), quality(parts));
    }

    boolean covers(ReceiptFormat format) {
      return type.equals("*/*")
          || type.equals(format.mediaType)
          || type.equals(format.alias)
          || (type.endsWith("/*")
              && format.mediaType.startsWith(type.substring(0, type.length() - 1)));
    }

    private static double quality(String[] parts) {
      for (int at = 1; at < parts.length; at++) {
        String parameter = parts[at].strip().replace(" ", "");
        if (parameter.startsWith("q=")) {
          try {
            return Double.parseDouble(parameter.substring(2));
          } catch (NumberFormatException notNumber) {
            return 0;
          }
        }
      }
      return 1;
    }
  }
}
