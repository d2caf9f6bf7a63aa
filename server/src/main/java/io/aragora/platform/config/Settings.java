package io.aragora.platform.config;

import io.aragora.kernel.Money;
import io.aragora.platform.db.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything an operator can set, read once and checked as a whole. */
public record Settings(
    Http http,
    Management management,
    Postgres database,
    Storage storage,
    Models models,
    Caps caps,
    Debates debates,
    Limits limits,
    Sessions sessions,
    People people,
    @Nullable Mail mail,
    @Nullable Oidc oidc,
    Logging logging) {

  /** Where the API listens, the address the world knows it by, and the proxies in between. */
  public record Http(String host, int port, URI publicUrl, List<String> trustedProxies) {
    public Http {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /** Where metrics and health listen, and what a reader of the metrics has to show. */
  public record Management(String host, int port, @Nullable Secret metricsToken) {}

  /** The database as the server enters it, and as the owner who migrates it. */
  public record Postgres(DatabaseAddress app, DatabaseAddress owner, int poolSize) {}

  /**
   * Where keys and the last signed log head are kept, how much room they need, and up to which
   * newer schema this version may work.
   */
  public record Storage(Path dataDir, long minFreeMegabytes, @Nullable String schemaAhead) {}

  /** Which models may sit on a panel, which private origins may be called, and whom to trust. */
  public record Models(
      boolean rehearsal,
      @Nullable OpenAi openAi,
      List<URI> egressAllow,
      @Nullable Path extraAuthorities) {
    public Models {
      egressAllow = List.copyOf(egressAllow);
    }
  }

  /** An OpenAI-compatible server; what is null is known from the price table, or not at all. */
  public record OpenAi(
      URI url,
      @Nullable Secret key,
      List<String> models,
      @Nullable String vendor,
      @Nullable Money inputPrice,
      @Nullable Money outputPrice) {
    public OpenAi {
      models = List.copyOf(models);
    }
  }

  /** Money limits that hold where a workspace or a brief sets none. */
  public record Caps(Money month, Money debate, @Nullable Money day) {}

  /** How long calls, rounds and debates may take, and how many run at once. */
  public record Debates(Duration call, Duration round, Duration debate, int atOnce) {}

  /** What one node takes on. */
  public record Limits(
      int connections,
      int requests,
      Duration arrival,
      Duration drain,
      Duration drainNotice,
      Duration streamLife,
      int callerRate,
      int strangerRate) {}

  /** How long a person stays signed in without a request, and at all. */
  public record Sessions(Duration idle, Duration longest) {}

  /** What people may do of their own accord. */
  public record People(boolean mayMakeWorkspaces) {}

  /** The mail server to hand mail to, and the address it comes from. */
  public record Mail(
      String host,
      int port,
      MailTls tls,
      String from,
      @Nullable String user,
      @Nullable Secret password) {}

  /** The provider people may sign in at; without a secret, PKCE alone protects the code. */
  public record Oidc(URI issuer, String clientId, @Nullable Secret clientSecret, String name) {}

  /** What is logged and how it looks. */
  public record Logging(LogLevel level, LogFormat format) {}

  /** Reads an environment, or throws {@link SettingsFault} with everything that is wrong in it. */
  public static Settings read(Map<String, String> environment) {
    return new SettingsReader(environment).read();
  }

  /** This process's environment: the only place that asks for it. */
  public static Map<String, String> environment() {
    return System.getenv();
  }

  /** The same settings on another database, such as the embedded one. */
  public Settings on(DatabaseAddress app, DatabaseAddress owner) {
    return new Settings(
        http,
        management,
        new Postgres(app, owner, database.poolSize()),
        storage,
        models,
        caps,
        debates,
        limits,
        sessions,
        people,
        mail,
        oidc,
        logging);
  }
}
