package io.aragora.platform.http.spec;

import io.aragora.kernel.ErrorCode;
import io.aragora.platform.http.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every way an operation may say no: what it declares, and what all of its kind may. */
final class Refusals {
  private Refusals() {}

  /** The codes by HTTP status, both in order. */
  static Map<Integer, List<ErrorCode>> byStatus(Operation operation) {
    return all(operation).stream()
        .collect(Collectors.groupingBy(ErrorCode::status, TreeMap::new, Collectors.toList()));
  }

  static Set<ErrorCode> all(Operation operation) {
    var codes = EnumSet.of(ErrorCode.BAD_REQUEST, ErrorCode.INVALID_QUERY, ErrorCode.INTERNAL);
    codes.add(ErrorCode.NOT_ACCEPTABLE);
    codes.add(ErrorCode.REQUEST_TIMEOUT);
    codes.add(ErrorCode.HEADERS_TOO_LARGE);
    codes.add(ErrorCode.PAYLOAD_TOO_LARGE);
    codes.addAll(operation.refusals());
    if (!operation.noun().equals("health")) {
      codes.add(ErrorCode.TOO_MANY_REQUESTS);
      codes.add(ErrorCode.DATABASE_UNAVAILABLE);
      // Reading may need room too: a large sort goes to the disk.
      codes.add(ErrorCode.STORAGE_FULL);
    }
    if (operation.neededRight().isPresent()) {
      codes.add(ErrorCode.UNAUTHENTICATED);
      codes.add(ErrorCode.FORBIDDEN);
    }
    operation.neededRight().ifPresent(right -> codes.addAll(right.refuses()));
    if (operation.path().contains("{")) {
      codes.add(ErrorCode.NOT_FOUND);
    }
    addForChanges(operation, codes);
    addForBodies(operation, codes);
    return codes;
  }

  private static void addForChanges(Operation operation, Set<ErrorCode> codes) {
    if (!operation.verb().equals("GET")) {
      codes.add(ErrorCode.SHUTTING_DOWN);
      // Another site's browser request with our cookies.
      codes.add(ErrorCode.FORBIDDEN);
    }
    if (operation.verb().equals("POST")) {
      codes.add(ErrorCode.IDEMPOTENCY_RUNNING);
      codes.add(ErrorCode.IDEMPOTENCY_MISMATCH);
    }
  }

  private static void addForBodies(Operation operation, Set<ErrorCode> codes) {
    switch (operation.accepts()) {
      case Operation.NoBody() -> {}
      case Operation.JsonBody(Class<?> _, long _, boolean _) -> {
        codes.add(ErrorCode.INVALID_JSON);
        codes.add(ErrorCode.INVALID_INPUT);
        codes.add(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
      }
      case Operation.RawBody(String _, long _) -> codes.add(ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }
  }
}
