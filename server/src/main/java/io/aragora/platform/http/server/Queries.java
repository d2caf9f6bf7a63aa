package io.aragora.platform.http.server;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.platform.http.Operation;
import io.helidon.common.uri.UriQuery;
import java.util.Comparator;
import java.util.List;

/** Checks a query against what the operation declares. */
final class Queries {
  private static final int MAX_LIMIT = 200;

  private Queries() {}

  /** Refuses unknown, repeated and mistyped parameters, and missing required ones. */
  static void check(Operation operation, UriQuery query) {
    List<Operation.Parameter> known =
        operation.parameters().stream().filter(each -> each.in().equals("query")).toList();
    for (String name : query.names()) {
      var parameter =
          known.stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name, known));
      var values = query.all(name);
      if (values.size() != 1) {
        throw invalid("the query parameter " + name + " is given more than once");
      }
      checkType(parameter, values.getFirst());
    }
    for (var each : known) {
      if (each.required() && !query.contains(each.name())) {
        throw invalid("the query parameter " + each.name() + " is required");
      }
    }
  }

  private static void checkType(Operation.Parameter parameter, String value) {
    boolean good =
        switch (parameter.type()) {
          case "integer" -> value.matches("-?[0-9]{1,18}");
          case "boolean" -> value.equals("true") || value.equals("false");
          default -> true;
        };
    if (!good) {
      throw invalid(
          "the query parameter %s must be of type %s"
              .formatted(parameter.name(), parameter.type()));
    }
    if (parameter.name().equals("limit")) {
      checkLimit(Long.parseLong(value));
    }
  }

  private static void checkLimit(long limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit must be 1 to " + MAX_LIMIT + ": " + limit);
    }
  }

  private static Refusal unknown(String name, List<Operation.Parameter> known) {
    String shown = name.length() > 60 ? name.substring(0, 60) : name;
    String nearest =
        known.stream()
            .map(Operation.Parameter::name)
            .min(Comparator.comparingInt(each -> distance(each, shown)))
            .map(each -> ": did you mean " + each + "?")
            .orElse(": this operation has none");
    return invalid("unknown query parameter " + shown + nearest);
  }

  private static Refusal invalid(String detail) {
    return Refusal.of(ErrorCode.INVALID_QUERY, detail);
  }

  /** Levenshtein's: how many letters to change to get from one to the other. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int at = 0; at < row.length; at++) {
      row[at] = at;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(diagonal + change, Math.min(row[j], row[j - 1]) + 1);
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[other.length()];
  }
}
