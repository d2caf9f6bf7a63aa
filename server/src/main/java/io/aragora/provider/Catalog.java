package io.aragora.provider;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which models the operator's configuration puts on offer, each with its price. */
final class Catalog {
  private final PriceTable prices;

  Catalog(PriceTable prices) {
    this.prices = prices;
  }

  List<Model> models(ProviderConfig config) {
    return switch (config.kind()) {
      case REHEARSAL -> RehearsalProvider.models(config.id());
      case OPENAI_COMPATIBLE ->
          config.models().stream().map(model -> priced(config, model)).toList();
    };
  }

  private Model priced(ProviderConfig config, ModelConfig model) {
    Optional<PriceTable.Entry> entry = prices.find(base(config), model.name());
    PriceTable.Family maker = prices.maker(model.name(), config.id());
    Price own = model.price();
    Price price =
        own != null
            ? own
            : entry
                .map(PriceTable.Entry::price)
                .orElseThrow(() -> new IllegalArgumentException(unpriced(config, model)));
    long context =
        model.contextTokens() > 0
            ? model.contextTokens()
            : entry.map(PriceTable.Entry::context).orElse(0L);
    return new Model(
        config.id() + "/" + model.name(),
        config.id(),
        model.name(),
        Objects.requireNonNullElse(model.vendor(), maker.vendor()),
        Objects.requireNonNullElse(model.family(), maker.family()),
        price,
        context,
        config.kind());
  }

  static URI base(ProviderConfig config) {
    URI base = config.baseUrl();
    if (base == null) {
      throw new IllegalArgumentException("provider " + config.id() + " needs a base URL");
    }
    return base;
  }

  private static String unpriced(ProviderConfig config, ModelConfig model) {
    return "the price table does not know "
        + config.id()
        + "/"
        + model.name()
        + ": set ARAGORA_OPENAI_INPUT_PRICE and ARAGORA_OPENAI_OUTPUT_PRICE, in micro-dollars for"
        + " a million tokens (0 for your own machine)";
  }
}
