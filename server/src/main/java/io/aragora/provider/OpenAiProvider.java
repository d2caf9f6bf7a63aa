package io.aragora.provider;

import io.aragora.platform.egress.Deadline;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressFault;
import io.aragora.platform.egress.EgressReply;
import io.aragora.platform.egress.EgressRequest;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks any server that speaks OpenAI's chat completions.
 *
 * <p>Written on Egress and not on a client library, because what the panel needs is what such
 * libraries smooth over: an answer cut off before its finish reason is a failure and not a shorter
 * answer, the caps and the encoding check hold while bytes arrive, every request is one row in the
 * ledger, and a parameter a server refuses is given up for that server and model only.
 */
final class OpenAiProvider implements ModelProvider {
  /** Chunks wrap a few bytes of text in a few hundred of JSON. */
  private static final long MAX_REPLY = 32L * 1024 * 1024;

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final String id;
  private final URI completions;
  private final Map<String, String> headers;
  private final Egress egress;
  private final InstantSource clock;
  private final Map<String, Set<ChatRequest.Feature>> understood;

  OpenAiProvider(ProviderConfig config, Egress egress, InstantSource clock) {
    this.id = config.id();
    String base = Catalog.base(config).toString();
    this.completions = URI.create(base + (base.endsWith("/") ? "" : "/") + "chat/completions");
    String key = config.apiKey();
    this.headers = key == null ? Map.of() : authorization(key);
    this.egress = egress;
    this.clock = clock;
    this.understood = new ConcurrentHashMap<>();
  }

  private OpenAiProvider(OpenAiProvider other, String key) {
    this.id = other.id;
    this.completions = other.completions;
    this.headers = authorization(key);
    this.egress = other.egress;
    this.clock = other.clock;
    this.understood = other.understood;
  }

  @Override
  public ModelProvider withKey(String key) {
    return new OpenAiProvider(this, key);
  }

  private static Map<String, String> authorization(String key) {
    return Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public Answer ask(Ask ask, Deadline deadline, TokenSink sink) {
    String model = ask.modelId().substring(id.length() + 1);
    Set<ChatRequest.Feature> features = understood.getOrDefault(model, ChatRequest.everything());
    try (EgressReply reply = egress.send(request(ask, model, features), deadline)) {
      if (reply.status() != 200) {
        throw refusal(reply, model, features);
      }
      String type = reply.header("content-type").orElse("").strip();
      if (type.startsWith("text/event-stream")) {
        return new ChatStream(sink).events(reply);
      }
      if (type.startsWith("application/json")) {
        return new ChatStream(sink).whole(reply.text());
      }
      throw ProviderFailure.billed(
          ProviderFailure.Kind.NOT_A_MODEL_ANSWER,
          "200 with content type " + type.replaceAll("[^\\x20-\\x7e]", "?"),
          Usage.UNKNOWN);
    } catch (EgressFault fault) {
      throw failure(fault);
    }
  }

  private EgressRequest request(Ask ask, String model, Set<ChatRequest.Feature> features) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    all.put("Accept", "text/event-stream, application/json");
    all.put("X-Client-Request-Id", ask.callId().toString());
    return EgressRequest.post(completions, all, ChatRequest.body(ask, model, features), MAX_REPLY);
  }

  /** A status other than 200: no provider charges for those. */
  private ProviderFailure refusal(
      EgressReply reply, String model, Set<ChatRequest.Feature> features) {
    int status = reply.status();
    String said = id + " answered " + status;
    return switch (status) {
      case 401, 403 -> unbilled(ProviderFailure.Kind.AUTH, said, ProviderFailure.Retry.NEVER);
      case 429 -> rateLimited(reply, said);
      case 408, 425, 500, 502, 503, 504, 529 ->
          unbilled(ProviderFailure.Kind.UNAVAILABLE, said, ProviderFailure.Retry.LATER)
              .after(retryAfter(reply));
      case 400, 422 -> misunderstood(reply, model, features, said);
      default ->
          unbilled(
              status / 100 == 4
                  ? ProviderFailure.Kind.REFUSED
                  : ProviderFailure.Kind.NOT_A_MODEL_ANSWER,
              said,
              ProviderFailure.Retry.NEVER);
    };
  }

  private ProviderFailure rateLimited(EgressReply reply, String said) {
    // An empty account also answers 429; waiting does not fill it.
    boolean broke = complaint(reply).contains("insufficient_quota");
    return unbilled(
            ProviderFailure.Kind.RATE_LIMITED,
            said,
            broke ? ProviderFailure.Retry.NEVER : ProviderFailure.Retry.LATER)
        .after(retryAfter(reply));
  }

  private ProviderFailure misunderstood(
      EgressReply reply, String model, Set<ChatRequest.Feature> features, String said) {
    Optional<Set<ChatRequest.Feature>> fewer = ChatRequest.without(features, complaint(reply));
    fewer.ifPresent(rest -> understood.put(model, rest));
    return unbilled(
        ProviderFailure.Kind.REFUSED,
        said,
        fewer.isPresent() ? ProviderFailure.Retry.AT_ONCE : ProviderFailure.Retry.NEVER);
  }

  /** The start of an error's body: read to find a word in it, never shown to anyone. */
  private static String complaint(EgressReply reply) {
    StringBuilder said = new StringBuilder();
    try {
      for (int lines = 0; lines < 50; lines++) {
        reply.nextLine(16 * 1024).ifPresent(said::append);
      }
    } catch (EgressFault unreadable) {
      // What was readable so far must do.
    }
    return said.toString();
  }

  private Optional<Duration> retryAfter(EgressReply reply) {
    return reply.header("retry-after").flatMap(this::wait).filter(time -> !time.isNegative());
  }

  /** Both forms of Retry-After: seconds, and a date. */
  private Optional<Duration> wait(String told) {
    try {
      Duration time =
          told.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(told))
              : Duration.between(
                  clock.instant(),
                  ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(time.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : time);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static ProviderFailure failure(EgressFault fault) {
    String said = String.valueOf(fault.getMessage());
    return switch (fault.kind()) {
      case REFUSED_ADDRESS ->
          unbilled(ProviderFailure.Kind.UNREACHABLE, said, ProviderFailure.Retry.NEVER);
      case CONNECT -> unbilled(ProviderFailure.Kind.UNREACHABLE, said, ProviderFailure.Retry.LATER);
      case TIMEOUT -> billed(ProviderFailure.Kind.TIMEOUT, said);
      case TOO_LARGE -> billed(ProviderFailure.Kind.TOO_LARGE, said);
      case NOT_HTTP -> billed(ProviderFailure.Kind.NOT_A_MODEL_ANSWER, said);
      case RESET -> billed(ProviderFailure.Kind.TRUNCATED, said);
      case BAD_ENCODING -> billed(ProviderFailure.Kind.BAD_ENCODING, said);
    };
  }

  private static ProviderFailure billed(ProviderFailure.Kind kind, String message) {
    return ProviderFailure.billed(kind, message, Usage.UNKNOWN);
  }

  private static ProviderFailure unbilled(
      ProviderFailure.Kind kind, String message, ProviderFailure.Retry retry) {
    return ProviderFailure.unbilled(kind, message, retry);
  }
}
