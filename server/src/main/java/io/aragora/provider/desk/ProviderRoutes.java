package io.aragora.provider.desk;

import io.aragora.access.Caller;
import io.aragora.access.Permission;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Page;
import io.aragora.kernel.Refusal;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.http.Call;
import io.aragora.platform.http.Endpoint;
import io.aragora.platform.http.Operation;
import io.aragora.platform.http.Reply;
import io.aragora.platform.http.Routes;
import io.aragora.provider.ProviderConfig;
import io.aragora.provider.ProviderKind;
import io.aragora.provider.Providers;
import io.aragora.provider.key.KeptKey;
import io.aragora.provider.key.ProviderKeys;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The providers set up here and the keys a workspace keeps for them, over HTTP. */
public final class ProviderRoutes implements Routes {
  private static final Operation LIST =
      Operation.get("providers.list", "/api/v1/providers")
          .about("Lists the model providers, and whose key this workspace's calls use.")
          .needs(Permission.READ_PROVIDER)
          .givesPageOf(ProviderView.class);

  private static final Operation SET =
      Operation.put("providers.set_key", "/api/v1/providers/{name}/key")
          .about("Keeps a key of the workspace's own for a provider. It cannot be read again.")
          .needs(Permission.CHANGE_PROVIDER)
          .takesSecret(Wish.class)
          .gives(200, ProviderView.class)
          .refuses(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);

  private static final Operation REMOVE =
      Operation.delete("providers.remove_key", "/api/v1/providers/{name}/key")
          .about("Removes the workspace's key; its calls use the appliance's, where there is one.")
          .needs(Permission.CHANGE_PROVIDER)
          .gives(204, "", "The key is gone.")
          .refuses(ErrorCode.NOT_FOUND);

  /** A provider as a workspace sees it; {@code key} is null where it keeps none of its own. */
  public record ProviderView(
      String name,
      String kind,
      @Nullable String baseUrl,
      boolean hasApplianceKey,
      long models,
      @Nullable KeyView key) {}

  /** All that is ever told of a key. */
  public record KeyView(Instant setAt, UUID setBy, String lastFour) {}

  /** A key on its way in; it never prints. */
  public record Wish(String key) {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{8,512}");

    public Wish {
      Objects.requireNonNull(key, "key");
      if (!FORM.matcher(key).matches()) {
        throw new IllegalArgumentException(
            "key must have 8 to 512 visible ASCII characters and no spaces");
      }
    }

    @Override
    public String toString() {
      return "a key";
    }
  }

  private final Providers providers;
  private final ProviderKeys keys;

  public ProviderRoutes(Providers providers, ProviderKeys keys) {
    this.providers = providers;
    this.keys = keys;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(LIST, this::list),
        new Endpoint(SET, this::set),
        new Endpoint(REMOVE, this::remove));
  }

  private Reply list(Call call) {
    List<KeptKey> kept = keys.list(Caller.of(call).workspace());
    return Reply.ok(
        new Page<>(providers.configured().stream().map(each -> view(each, kept)).toList(), null));
  }

  private Reply set(Call call) {
    Caller caller = Caller.of(call);
    ProviderConfig provider = provider(call);
    if (provider.kind() == ProviderKind.REHEARSAL) {
      throw Refusal.of(ErrorCode.CONFLICT, provider.id() + " needs no key");
    }
    keys.set(caller.workspace(), caller.actor(), provider.id(), call.body(Wish.class).key());
    return Reply.ok(view(provider, keys.list(caller.workspace())));
  }

  private Reply remove(Call call) {
    WorkspaceId workspace = Caller.of(call).workspace();
    keys.remove(workspace, provider(call).id());
    return Reply.empty(204);
  }

  private ProviderConfig provider(Call call) {
    String name = call.path("name");
    return providers.configured().stream()
        .filter(each -> each.id().equals(name))
        .findFirst()
        .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND, "no such provider is set up here"));
  }

  private ProviderView view(ProviderConfig provider, List<KeptKey> kept) {
    return new ProviderView(
        provider.id(),
        provider.kind().name().toLowerCase(Locale.ROOT),
        provider.baseUrl() == null ? null : provider.baseUrl().toString(),
        provider.apiKey() != null,
        providers.models().stream().filter(each -> each.provider().equals(provider.id())).count(),
        kept.stream()
            .filter(each -> each.provider().equals(provider.id()))
            .findFirst()
            .map(each -> new KeyView(each.setAt(), each.setBy().value(), each.lastFour()))
            .orElse(null));
  }
}
