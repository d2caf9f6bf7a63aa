package io.aragora.provider;

import io.aragora.access.Permission;
import io.aragora.kernel.Page;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import java.util.List;

/** The models on offer, over HTTP. */
public final class ModelRoutes implements Routes {
  private static final Operation LIST =
      Operation.get("models.list", "/api/v1/models")
          .about("Lists the models that may sit on a panel, with their prices.")
          .needs(Permission.READ_SYSTEM)
          .givesPageOf(ModelView.class);

  /** A model as callers see it; prices are micro-dollars for a million tokens. */
  public record ModelView(
      String id,
      String provider,
      String vendor,
      String family,
      boolean rehearsal,
      long inputPrice,
      long outputPrice) {}

  private final Providers providers;

  public ModelRoutes(Providers providers) {
    this.providers = providers;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            LIST,
            call ->
                Reply.ok(
                    new Page<>(
                        providers.models().stream().map(ModelRoutes::view).toList(), null))));
  }

  private static ModelView view(Model model) {
    return new ModelView(
        model.id(),
        model.provider(),
        model.vendor(),
        model.family(),
        model.isRehearsal(),
        model.price().inputMicroPerMtok(),
        model.price().outputMicroPerMtok());
  }
}
