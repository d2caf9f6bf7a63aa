package io.aragora.provider;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider the operator set up.
 *
 * @param id how the appliance names it: {@code openai}, {@code local}
 * @param baseUrl up to and with {@code /v1}; null for the rehearsal panel
 * @param apiKey sent as a bearer token; null where none is needed
 */
public record ProviderConfig(
    String id,
    ProviderKind kind,
    @Nullable URI baseUrl,
    @Nullable String apiKey,
    List<ModelConfig> models) {

  public ProviderConfig {
    models = List.copyOf(models);
    if (!id.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw new IllegalArgumentException("not a provider id (a-z, 0-9, -): " + id);
    }
  }

  /** The built-in panel of five models. */
  public static ProviderConfig rehearsal() {
    return new ProviderConfig("rehearsal", ProviderKind.REHEARSAL, null, null, List.of());
  }

  /** Names the provider, never its key. */
  @Override
  public String toString() {
    return kind + " " + id + " at " + baseUrl;
  }
}
