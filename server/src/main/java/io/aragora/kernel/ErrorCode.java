package io.aragora.kernel;

/** Every way the appliance says no: HTTP status, title, and what the caller can do about it. */
public enum ErrorCode {
  INVALID_JSON(
      400,
      "The body is not acceptable JSON",
      "Send one well-formed UTF-8 JSON object without duplicate keys or lone surrogates."),
  INVALID_INPUT(
      422,
      "The input breaks a rule",
      "Correct the fields listed in errors and send the request again."),
  INVALID_QUERY(
      400, "A path, query or header value is not acceptable", "Correct the value named in detail."),
  BAD_REQUEST(
      400,
      "The request is not valid HTTP",
      "Check the request line, headers and length of the body."),
  UNAUTHENTICATED(
      401, "No valid credentials", "Sign in, or send an API key: Authorization: Bearer ara_..."),
  SECOND_FACTOR_REQUIRED(
      401,
      "The sign-in needs a second factor",
      "Sign in again with code: the authenticator's present one, or a recovery code."),
  FORBIDDEN(
      403,
      "The caller lacks the permission",
      "Ask an owner for a role or key that has the permission named in detail."),
  PROOF_REQUIRED(
      403,
      "The person must show again who they are",
      "Sign in again, by password, passkey or provider, and repeat the request within ten"
          + " minutes."),
  NOT_FOUND(
      404,
      "There is no such thing here",
      "Check the path and the id; things of other workspaces are not visible."),
  METHOD_NOT_ALLOWED(
      405,
      "The path does not know this method",
      "Use one of the methods listed in the Allow header."),
  NOT_ACCEPTABLE(
      406,
      "The format asked for cannot be produced",
      "Ask for one of the formats listed in detail."),
  CONFLICT(
      409,
      "The thing is not in a state that allows this",
      "Read the thing again and decide from its present state."),
  PRECONDITION_FAILED(
      412,
      "The thing changed since it was read",
      "Read it again, decide from its present state, and send the new ETag as If-Match."),
  IDEMPOTENCY_RUNNING(
      409,
      "A request with this Idempotency-Key is still running",
      "Wait and send the same request again.",
      true),
  IDEMPOTENCY_MISMATCH(
      422, "This Idempotency-Key was used for another request", "Use a new key for a new request."),
  PAYLOAD_TOO_LARGE(
      413, "The body is too large", "Send at most the number of bytes named in detail."),
  HEADERS_TOO_LARGE(431, "The headers are too large", "Send fewer or shorter headers."),
  UNSUPPORTED_MEDIA_TYPE(
      415, "The media type is not accepted here", "Send the Content-Type named in detail."),
  REQUEST_TIMEOUT(
      408, "The request did not arrive in time", "Send the whole request without pauses.", true),
  BUDGET_EXCEEDED(
      402,
      "The cap leaves no room for this debate",
      "Raise the cap, wait for the next period, or ask for a smaller debate."),
  UNKNOWN_MODEL(
      422,
      "No provider here offers this model",
      "Choose one of the models listed by GET /api/v1/models."),
  TOO_MANY_REQUESTS(
      429,
      "Too many requests at once",
      "Wait for Retry-After and send fewer requests at a time.",
      true),
  SIGN_IN_UNAVAILABLE(
      503,
      "The sign-in provider cannot be used now",
      "Try again in a while, or sign in with password or passkey.",
      true),
  SHUTTING_DOWN(
      503,
      "This node is stopping",
      "Send the request again; another node or the restarted one will answer.",
      true),
  DATABASE_UNAVAILABLE(
      503,
      "The database does not answer",
      "Wait and try again; if it lasts, run ops/aragora doctor.",
      true),
  STORAGE_FULL(507, "There is no space left to write", "Free disk space; reads still work.", true),
  LOG_READ_ONLY(
      503,
      "The transparency log accepts no new leaves",
      "The log does not continue its last signed head; run ops/aragora doctor."),
  INTERNAL(500, "The appliance made a mistake", "Try again; if it repeats, report the trace_id."),
  ;

  private final int status;
  private final String title;
  private final String remedy;
  private final boolean retryable;

  ErrorCode(int status, String title, String remedy) {
    this(status, title, remedy, false);
  }

  ErrorCode(int status, String title, String remedy, boolean retryable) {
    this.status = status;
    this.title = title;
    this.remedy = remedy;
    this.retryable = retryable;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String remedy() {
    return remedy;
  }

  public boolean isRetryable() {
    return retryable;
  }

  /** The code on the wire: {@code budget_exceeded}. */
  public String wire() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
