package io.aragora;

import com.fasterxml.uuid.Generators;
import io.aragora.access.Access;
import io.aragora.access.FirstKey;
import io.aragora.access.NewKey;
import io.aragora.access.Permission;
import io.aragora.access.totp.Totp;
import io.aragora.cli.Serving;
import io.aragora.cli.admin.AccountDesk;
import io.aragora.cli.admin.TreeDesk;
import io.aragora.cli.admin.WorkspaceDesk;
import io.aragora.kernel.ActorId;
import io.aragora.kernel.Ids;
import io.aragora.platform.config.Settings;
import io.aragora.platform.config.SettingsFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.egress.OwnAuthorities;
import io.aragora.platform.observe.Logs;
import io.aragora.platform.secret.Rotation;
import io.aragora.platform.secret.SecretBox;
import io.aragora.provider.key.ProviderKeys;
import io.aragora.workspace.setup.SetupLinks;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Runs the whole server in this process for the command line. */
final class LocalServing implements Serving {
  private static final String WORKSPACE = "First workspace";
  private static final Duration KEY_LIFE = Duration.ofDays(365);

  private final InstantSource clock;

  LocalServing(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Running start(Settings settings) {
    Logs.install(
        settings.logging().level().name(), Logs.Format.valueOf(settings.logging().format().name()));
    trust(settings.models().extraAuthorities());
    return new Node(settings, Appliance.start(settings, clock));
  }

  /** For every library of this process that calls others: models, sign-in providers, mail. */
  private static void trust(@Nullable Path authorities) {
    if (authorities != null) {
      try {
        SSLContext.setDefault(OwnAuthorities.besidePublicOnes(authorities));
      } catch (IllegalArgumentException unreadable) {
        throw SettingsFault.of("ARAGORA_EXTRA_CA_DIR: " + unreadable.getMessage());
      }
    }
  }

  @Override
  public String ownerKey(Settings settings) {
    Ids ids = Generators.timeBasedEpochGenerator()::generate;
    try (var database = Database.openForCommand(settings.database().app(), 2)) {
      var access = new Access(database, ids, clock);
      FirstKey first = access.bootstrap(WORKSPACE);
      return first.key().orElseGet(() -> another(access, first, ids)).secret();
    }
  }

  @Override
  public Rotation.Done rotateKeys(Settings settings, Set<Rotation.Step> steps) {
    try (var database = Database.openForCommand(settings.database().app(), 2)) {
      var folder = settings.storage().dataDir().resolve("keys");
      return SecretBox.open(database, folder, clock, new SecureRandom())
          .rotation(List.of(ProviderKeys.rows(), Totp.rows()))
          .run(steps);
    }
  }

  @Override
  public List<String> reopenLogs(Settings settings) {
    return new LocalLogs(settings, clock).reopen();
  }

  @Override
  public AccountDesk accounts(Settings settings) {
    return LocalAccounts.open(settings, clock);
  }

  @Override
  public WorkspaceDesk workspaces(Settings settings) {
    return LocalWorkspaces.open(settings, clock);
  }

  @Override
  public TreeDesk trees(Settings settings) {
    return LocalTree.open(settings, clock);
  }

  @Override
  public Optional<SetupLinks.Link> firstLink(Settings settings) {
    try (var database = Database.openForCommand(settings.database().app(), 2)) {
      return new SetupLinks(database, clock, new SecureRandom()).make(settings.http().publicUrl());
    }
  }

  private static NewKey another(Access access, FirstKey first, Ids ids) {
    return access.createKey(
        first.workspace(),
        new ActorId(ids.next()),
        "owner",
        EnumSet.allOf(Permission.class),
        KEY_LIFE);
  }

  /** One running server and the addresses it really got. */
  private record Node(Settings settings, Appliance appliance) implements Running {
    @Override
    public URI url() {
      return at(settings.http().host(), appliance.port());
    }

    @Override
    public URI management() {
      return at(settings.management().host(), appliance.managementPort());
    }

    @Override
    public void close() {
      appliance.close();
    }

    /** A wildcard address is reached by loopback. */
    private static URI at(String host, int port) {
      var reached = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
      var quoted = reached.indexOf(':') >= 0 ? "[" + reached + "]" : reached;
      return URI.create("http://%s:%d".formatted(quoted, port));
    }
  }
}
