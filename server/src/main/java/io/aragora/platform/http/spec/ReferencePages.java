package io.aragora.platform.http.spec;

import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Right;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference pages made from the operations and the error codes. */
public final class ReferencePages {
  private ReferencePages() {}

  /** docs/reference/api.md */
  public static String api(List<Operation> operations) {
    String nouns =
        operations.stream()
            .map(Operation::noun)
            .distinct()
            .map(noun -> section(noun, operations))
            .collect(Collectors.joining("\n"));
    return """
    # API reference

    Generated from the operations; do not edit. The machine-readable form is `sdk/openapi.yaml`,
    served at `/openapi.yaml` and `/openapi.json`. Send the key as `Authorization: Bearer ara_...`.
    Errors are problem documents; their codes are in [errors.md](errors.md). Which role may do what is in
    [roles.md](roles.md).

    """
        + nouns;
  }

  /** docs/reference/errors.md */
  public static String errors() {
    String rows =
        Stream.of(ErrorCode.values())
            .map(
                code ->
                    "| `%s` | %d | %s | %s | %s |"
                        .formatted(
                            code.wire(),
                            code.status(),
                            code.title(),
                            code.remedy(),
                            code.isRetryable() ? "yes" : "no"))
            .collect(Collectors.joining("\n"));
    return """
    # Error codes

    Generated from `ErrorCode`; do not edit. Every error answer is `application/problem+json`
    (RFC 9457) with these fields: `type`, `title`, `status`, `detail`, `instance`, `code`, `trace_id`,
    `retryable`, `retry_after_ms` (when retryable), `errors` (a list of `pointer`, `code`, `message`).
    In an event stream the same document comes as `event: error`.

    | Code | Status | Means | What to do | Retry as it is |
    |---|--:|---|---|---|
    """
        + rows
        + "\n";
  }

  private static String section(String noun, List<Operation> operations) {
    return "## "
        + noun
        + "\n\n"
        + operations.stream()
            .filter(each -> each.noun().equals(noun))
            .map(ReferencePages::entry)
            .collect(Collectors.joining("\n"));
  }

  private static String entry(Operation operation) {
    return """
    **`%s %s`** (`%s`)<br>
    %s
    %s
    """
        .formatted(
            operation.verb(),
            operation.path(),
            operation.id(),
            operation.summary(),
            facts(operation));
  }

  private static String facts(Operation operation) {
    var lines =
        Stream.of(
            "- Needs: " + operation.neededRight().map(ReferencePages::needs).orElse("nothing"),
            "- Takes: " + takes(operation),
            "- Gives: " + gives(operation),
            "- Refuses: "
                + Refusals.all(operation).stream()
                    .map(code -> "`" + code.wire() + "`")
                    .collect(Collectors.joining(", ")));
    var parameters =
        operation.parameters().stream()
            .map(each -> "- `%s` (%s): %s".formatted(each.name(), each.in(), each.about()));
    return Stream.concat(parameters, lines).collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static String needs(Right right) {
    return switch (right.wire()) {
      case "any" -> "any key or person";
      case "person" -> "a person signed in";
      case "person_proven" -> "a person who signed in within the last ten minutes";
      default -> "`%s` (%s)".formatted(right.wire(), String.join(", ", right.holders()));
    };
  }

  private static String takes(Operation operation) {
    return switch (operation.accepts()) {
      case Operation.NoBody() -> "no body";
      case Operation.JsonBody(Class<?> type, long max, boolean _) ->
          "`%s` as JSON, at most %d bytes".formatted(type.getSimpleName(), max);
      case Operation.RawBody(String mediaType, long max) ->
          "`%s`, at most %d bytes".formatted(mediaType, max);
    };
  }

  private static String gives(Operation operation) {
    return operation.gives().stream().map(ReferencePages::given).collect(Collectors.joining("; "));
  }

  private static String given(Operation.Gives gives) {
    if (gives.type() == null) {
      return gives.mediaType().isEmpty()
          ? "%d, no body".formatted(gives.status())
          : "%d `%s`".formatted(gives.status(), gives.mediaType());
    }
    String of = gives.about().equals("page") ? "a page of " : "";
    return "%d %s`%s`".formatted(gives.status(), of, gives.type().getSimpleName());
  }
}
