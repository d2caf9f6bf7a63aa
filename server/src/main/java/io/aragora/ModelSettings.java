package io.aragora;

import io.aragora.kernel.Money;
import io.aragora.platform.config.Secret;
import io.aragora.platform.config.Settings;
import io.aragora.provider.ModelConfig;
import io.aragora.provider.Price;
import io.aragora.provider.ProviderConfig;
import io.aragora.provider.ProviderKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from the settings which models may sit on a panel. */
final class ModelSettings {
  private ModelSettings() {}

  static List<ProviderConfig> of(Settings.Models models) {
    var configs = new ArrayList<ProviderConfig>();
    Settings.@Nullable OpenAi server = models.openAi();
    if (server != null) {
      @Nullable Secret key = server.key();
      configs.add(
          new ProviderConfig(
              "openai",
              ProviderKind.OPENAI_COMPATIBLE,
              server.url(),
              key == null ? null : key.value(),
              server.models().stream().map(name -> model(name, server)).toList()));
    }
    if (models.rehearsal()) {
      configs.add(ProviderConfig.rehearsal());
    }
    return configs;
  }

  private static ModelConfig model(String name, Settings.OpenAi server) {
    @Nullable Money input = server.inputPrice();
    @Nullable Money output = server.outputPrice();
    @Nullable Price price =
        input == null || output == null ? null : new Price(input.micro(), output.micro());
    return new ModelConfig(name, server.vendor(), null, price, 0);
  }
}
