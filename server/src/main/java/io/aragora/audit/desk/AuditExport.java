package io.aragora.audit.desk;

import io.aragora.platform.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The two forms in which entries leave as a file. */
enum AuditExport {
  JSONL(Json.LINES) {
    @Override
    String head() {
      return "";
    }

    @Override
    String line(AuditLine line) {
      return Json.text(line) + "\n";
    }
  },
  CSV("text/csv; charset=utf-8") {
    @Override
    String head() {
      return row(COLUMNS.stream());
    }

    @Override
    String line(AuditLine line) {
      return row(
          Stream.of(
              line.id().toString(),
              text(line.index()),
              line.at().toString(),
              line.action(),
              line.targetKind(),
              line.targetId(),
              line.outcome(),
              line.actorKind(),
              line.actorId().toString(),
              text(line.requestId()),
              text(line.beforeSha256()),
              text(line.afterSha256()),
              text(line.address()),
              line.detail().isEmpty() ? "" : Json.text(new java.util.TreeMap<>(line.detail())),
              Boolean.toString(line.wordsErased())));
    }
  };

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "index",
          "at",
          "action",
          "target_kind",
          "target_id",
          "outcome",
          "actor_kind",
          "actor_id",
          "request_id",
          "before_sha256",
          "after_sha256",
          "address",
          "detail",
          "words_erased");

  private final String mediaType;

  AuditExport(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** What comes before the first entry. */
  abstract String head();

  abstract String line(AuditLine line);

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /** RFC 4180. */
  static String row(Stream<String> cells) {
    return cells.map(AuditExport::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A spreadsheet takes what starts like a formula for one: it is told that it is text. */
  private static String cell(String text) {
    boolean isFormula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    return safe.chars().anyMatch(sign -> ",\"\r\n".indexOf(sign) >= 0)
        ? "\"" + safe.replace("\"", "\"\"") + "\""
        : safe;
  }
}
