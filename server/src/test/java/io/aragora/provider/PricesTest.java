package io.aragora.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.kernel.Money;
import io.aragora.kernel.Tokens;
import io.aragora.platform.egress.Egress;
import io.aragora.platform.egress.EgressPolicy;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What models cost, and what happens to those nobody knows a price of. */
final class PricesTest {
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  private static Providers providers(URI base, ModelConfig model) {
    try (Egress egress = new Egress(EgressPolicy.publicOnly())) {
      return new Providers(
          List.of(
              ProviderConfig.rehearsal(),
              new ProviderConfig("p", ProviderKind.OPENAI_COMPATIBLE, base, null, List.of(model))),
          egress,
          InstantSource.system(),
          new Random(1),
          Asking.Pause.SLEEP);
    }
  }

  @Test
  void knowsPriceMakerAndContextFromTheTable() {
    Model model =
        providers(OPENAI, ModelConfig.known("gpt-4o-mini")).find("p/gpt-4o-mini").orElseThrow();
    assertThat(model.price()).isEqualTo(new Price(150_000, 600_000));
    assertThat(model.vendor()).isEqualTo("openai");
    assertThat(model.family()).isEqualTo("gpt");
    assertThat(model.contextTokens()).isEqualTo(128_000);
  }

  @Test
  void roundsUpToTheNextMicroDollar() {
    Price price = new Price(150_000, 600_000);
    assertThat(price.of(new Tokens(1, 0))).isEqualTo(Money.ofMicro(1));
    assertThat(price.of(new Tokens(1000, 1000))).isEqualTo(Money.ofMicro(750));
    assertThat(price.of(new Tokens(1001, 1000))).isEqualTo(Money.ofMicro(751));
    assertThat(price.of(Tokens.NONE)).isEqualTo(Money.ZERO);
    assertThat(new Price(600_000_000, 600_000_000).of(new Tokens(10_000_000_000L, 0)))
        .isEqualTo(Money.ofMicro(6_000_000_000_000L));
  }

  @Test
  void takesTheDearestOfSeveralPrices() {
    Model model =
        providers(
                URI.create("https://api.anthropic.com/v1"), ModelConfig.known("claude-3-5-sonnet"))
            .find("p/claude-3-5-sonnet")
            .orElseThrow();
    assertThat(model.price()).isEqualTo(new Price(3_000_000, 15_000_000));
    Model tiered =
        providers(
                URI.create("https://generativelanguage.googleapis.com/v1beta/openai"),
                ModelConfig.known("gemini-2.5-pro"))
            .find("p/gemini-2.5-pro")
            .orElseThrow();
    assertThat(tiered.price()).isEqualTo(new Price(2_500_000, 15_000_000));
  }

  @Test
  void takesTheOperatorsPriceBeforeTheTables() {
    var own = new ModelConfig("gpt-4o-mini", null, null, new Price(1, 2), 0);
    assertThat(providers(OPENAI, own).find("p/gpt-4o-mini").orElseThrow().price())
        .isEqualTo(new Price(1, 2));
  }

  @Test
  void offersNoModelWithoutAPrice() {
    URI local = URI.create("http://127.0.0.1:8000/v1");
    assertThatThrownBy(() -> providers(local, ModelConfig.known("qwen3-8b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p/qwen3-8b");
    Model free =
        providers(local, new ModelConfig("qwen3-8b", null, null, Price.FREE, 0))
            .find("p/qwen3-8b")
            .orElseThrow();
    assertThat(free.vendor()).isEqualTo("alibaba");
    assertThat(free.family()).isEqualTo("qwen");
  }

  @Test
  void boundsWhatAQuestionCanReadByItsBytes() {
    Providers providers = providers(OPENAI, ModelConfig.known("gpt-4o-mini"));
    Ask plain = Asks.with(UUID.randomUUID(), "p/gpt-4o-mini", "{}", "{}");
    Ask umlauts = Asks.with(UUID.randomUUID(), "p/gpt-4o-mini", "{\"\u00e4\":1}", "{}");
    assertThat(providers.inputTokensAtMost(umlauts) - providers.inputTokensAtMost(plain))
        .isEqualTo(6);
  }

  @Test
  void tellsTheTablesHash() {
    Providers providers = providers(OPENAI, ModelConfig.known("gpt-4o-mini"));
    assertThat(providers.priceTableSha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void offersFiveRehearsalModelsOfOneVendorAndSeveralFamilies() {
    List<Model> rehearsal =
        providers(OPENAI, ModelConfig.known("gpt-4o-mini")).models().stream()
            .filter(Model::isRehearsal)
            .toList();
    assertThat(rehearsal)
        .filteredOn(model -> !model.id().equals("rehearsal-priced"))
        .hasSize(5)
        .extracting(Model::price)
        .containsOnly(Price.FREE);
    assertThat(rehearsal).hasSize(6);
    assertThat(rehearsal).extracting(Model::vendor).containsOnly("rehearsal");
    assertThat(rehearsal.stream().map(Model::family).distinct()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(rehearsal).extracting(Model::family).allMatch(name -> name.startsWith("rehearsal"));
  }
}
