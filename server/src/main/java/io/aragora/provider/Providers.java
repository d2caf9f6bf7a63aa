package io.aragora.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Money;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.Tokens;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.egress.Deadline;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.observe.Meter;
import io.aragora.platform.observe.Watched;
import io.aragora.provider.key.OwnKey;
import io.aragora.provider.key.ProviderKeys;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Asks language models and prices their answers. */
public final class Providers {
  /**
   * What servers wrap around a conversation: role marks, their own preamble, our repair's words.
   */
  private static final long FRAMING_TOKENS = 4096;

  /** After so many failures a model is not asked for so long; then one probe decides. */
  static final int FAILURES_TO_OPEN = 5;

  static final Duration OPEN = Duration.ofSeconds(30);

  private final Map<String, ModelProvider> providers = new HashMap<>();
  private final List<Model> models = new ArrayList<>();
  private final AnswerCheck answers = new AnswerCheck();
  private final PriceTable prices = PriceTable.load();
  private final CircuitBreakerConfig breaking;
  private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
  private final List<ProviderConfig> configs;
  private final RandomGenerator random;
  private final Asking.Pause pause;
  private final Keys keys;

  /** Where a workspace's own key is found. */
  @FunctionalInterface
  private interface Keys {
    OwnKey own(WorkspaceId workspace, String provider, Deadline deadline);
  }

  /** {@code keys} are those that workspaces keep of their own. */
  public Providers(
      List<ProviderConfig> configs,
      Egress egress,
      InstantSource clock,
      RandomGenerator random,
      ProviderKeys keys) {
    this(configs, egress, clock, random, Asking.Pause.SLEEP, keys::own);
  }

  /** Where no workspace has a key of its own. */
  Providers(
      List<ProviderConfig> configs,
      Egress egress,
      InstantSource clock,
      RandomGenerator random,
      Asking.Pause pause) {
    this(
        configs,
        egress,
        clock,
        random,
        pause,
        (workspace, provider, deadline) -> new OwnKey.None());
  }

  private Providers(
      List<ProviderConfig> configs,
      Egress egress,
      InstantSource clock,
      RandomGenerator random,
      Asking.Pause pause,
      Keys keys) {
    this.configs = List.copyOf(configs);
    this.breaking = breaking(clock);
    this.random = random;
    this.pause = pause;
    this.keys = keys;
    Catalog catalog = new Catalog(prices);
    for (ProviderConfig config : configs) {
      if (providers.putIfAbsent(config.id(), adapter(config, egress, clock)) != null) {
        throw new IllegalArgumentException("two providers have the id " + config.id());
      }
      models.addAll(catalog.models(config));
    }
  }

  private static ModelProvider adapter(ProviderConfig config, Egress egress, InstantSource clock) {
    return switch (config.kind()) {
      case REHEARSAL -> new RehearsalProvider();
      case OPENAI_COMPATIBLE -> new OpenAiProvider(config, egress, clock);
    };
  }

  /** Every provider the operator set up, in that order. */
  public List<ProviderConfig> configured() {
    return configs;
  }

  /** Every model on offer, in the operator's order. */
  public List<Model> models() {
    return List.copyOf(models);
  }

  public Optional<Model> find(String modelId) {
    return models.stream().filter(model -> model.id().equals(modelId)).findFirst();
  }

  /** The most one request can cost that reads and writes at most this much. */
  public Money bound(Model model, long inputTokensMax, long outputTokensMax) {
    return cost(model, new Tokens(inputTokensMax, outputTokensMax));
  }

  public Money cost(Model model, Tokens tokens) {
    return model.price().of(tokens);
  }

  /**
   * How many tokens the request for this ask can have at most, repair included. Every tokenizer in
   * use covers at least one byte of UTF-8 with a token, so bytes are the certain bound; a repair
   * also shows the first answer again.
   */
  public long inputTokensAtMost(Ask ask) {
    long bytes = 0;
    for (String part : List.of(ask.system(), ask.material(), ask.jsonSchema())) {
      bytes += part.getBytes(UTF_8).length;
    }
    return bytes + ask.maxTokens() + FRAMING_TOKENS;
  }

  /** How many of an ask's attempts a provider can charge for: the answer and its repair. */
  public int billedAttemptsAtMost() {
    return 2;
  }

  /**
   * Asks until there is an answer that satisfies the schema, within the deadline; otherwise {@link
   * ProviderFailure}. Never asks another model instead.
   */
  public Answer ask(WorkspaceId workspace, Ask ask, Deadline deadline, TokenSink sink) {
    Model model = require(ask.modelId());
    Asking.Means means = model.isRehearsal() ? means(model) : means(model, workspace, deadline);
    return ask(ask, new Asking(means, deadline, sink), sink);
  }

  /** As before, for nobody's account but the appliance's. */
  Answer ask(Ask ask, Deadline deadline, TokenSink sink) {
    return ask(ask, new Asking(means(require(ask.modelId())), deadline, sink), sink);
  }

  private Answer ask(Ask ask, Asking asking, TokenSink sink) {
    Answer first = asking.answer(ask);
    return switch (answers.check(first.text(), ask.jsonSchema())) {
      case AnswerCheck.Finding.Good(String json) -> usable(first, json, asking);
      case AnswerCheck.Finding.Bad(List<String> faults) -> {
        // An answer cut at its token limit would be cut there again.
        if (first.finish() == FinishReason.LENGTH) {
          throw asking.spoiled(
              ProviderFailure.Kind.TRUNCATED, "cut off at " + ask.maxTokens() + " tokens");
        }
        asking.markSpoiled(ProviderFailure.Kind.SCHEMA);
        sink.restart();
        yield repaired(ask.repairing(first.text(), faults), asking);
      }
    };
  }

  /** How many models are not asked at the moment, because they failed too often. */
  public Watched watched() {
    return meters ->
        meters.show(
            Meter.MODELS_SHUT,
            breakers.values().stream()
                .filter(each -> each.getState() == CircuitBreaker.State.OPEN)
                .count());
  }

  /** The SHA-256 of the price table in use, in hex. */
  public String priceTableSha256() {
    return prices.sha256();
  }

  private Answer repaired(Ask ask, Asking asking) {
    Answer second = asking.answer(ask);
    return switch (answers.check(second.text(), ask.jsonSchema())) {
      case AnswerCheck.Finding.Good(String json) -> usable(second, json, asking);
      case AnswerCheck.Finding.Bad(List<String> faults) ->
          throw asking.spoiled(ProviderFailure.Kind.SCHEMA, String.join("; ", faults));
    };
  }

  private Model require(String modelId) {
    return find(modelId)
        .orElseThrow(() -> Refusal.of(ErrorCode.UNKNOWN_MODEL, "no provider offers " + modelId));
  }

  private Asking.Means means(Model model) {
    return new Asking.Means(adapter(model), breaker(model.id()), random, pause);
  }

  private Asking.Means means(Model model, WorkspaceId workspace, Deadline deadline) {
    return switch (keys.own(workspace, model.provider(), deadline)) {
      case OwnKey.None() -> means(model);
      // A workspace whose own key is refused or used up must not close the model for others.
      case OwnKey.Kept(String key) ->
          new Asking.Means(
              adapter(model).withKey(key), breaker(model.id() + " of " + workspace), random, pause);
      case OwnKey.Unreadable() ->
          throw notAsked(ProviderFailure.Kind.AUTH, "the workspace's key does not open here");
      case OwnKey.Unknown() ->
          throw notAsked(
              ProviderFailure.Kind.UNAVAILABLE, "whether the workspace has a key is unknown");
    };
  }

  private static ProviderFailure notAsked(ProviderFailure.Kind kind, String why) {
    return ProviderFailure.unbilled(kind, why, ProviderFailure.Retry.NEVER);
  }

  private ModelProvider adapter(Model model) {
    ModelProvider provider = providers.get(model.provider());
    if (provider == null) {
      throw new IllegalStateException("no provider has the id " + model.provider());
    }
    return provider;
  }

  private CircuitBreaker breaker(String name) {
    return breakers.computeIfAbsent(name, id -> CircuitBreaker.of(id, breaking));
  }

  /** One breaker a model, so that a dead one costs its seats no waiting. */
  private static CircuitBreakerConfig breaking(InstantSource clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(2 * FAILURES_TO_OPEN)
        .minimumNumberOfCalls(FAILURES_TO_OPEN)
        .failureRateThreshold(60)
        .waitDurationInOpenState(OPEN)
        .permittedNumberOfCallsInHalfOpenState(1)
        .clock(clock.withZone(ZoneOffset.UTC))
        .build();
  }

  private static Answer usable(Answer answer, String json, Asking asking) {
    return new Answer(
        json, answer.usage(), answer.modelActual(), answer.finish(), asking.attempts());
  }
}
