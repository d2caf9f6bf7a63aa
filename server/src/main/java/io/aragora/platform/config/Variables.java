package io.aragora.platform.config;

import io.aragora.kernel.Money;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one table of settings: parsing, {@code .env.example} and the reference come from it. */
final class Variables {
  private static final long MOST_MONEY = 1_000_000_000_000L;
  private static final String RESTART = "restart";
  private static final String NEXT_COMMAND = "next command";

  static final Variable<String> HTTP_HOST =
      advanced("ARAGORA_HTTP_HOST", Kind.host(), "127.0.0.1", "Address the API listens on");
  static final Variable<Integer> HTTP_PORT =
      advanced(
          "ARAGORA_HTTP_PORT",
          Kind.small(0, 65_535),
          "8080",
          "Port of the API; 0 picks a free one");
  static final Variable<String> MANAGEMENT_HOST =
      advanced(
          "ARAGORA_MANAGEMENT_HOST",
          Kind.host(),
          "127.0.0.1",
          "Address of metrics and health; keep it inside");
  static final Variable<Integer> MANAGEMENT_PORT =
      advanced(
          "ARAGORA_MANAGEMENT_PORT",
          Kind.small(0, 65_535),
          "8081",
          "Port of metrics and health; 0 picks a free one");
  static final Variable<Secret> METRICS_TOKEN =
      advanced(
          "ARAGORA_METRICS_TOKEN",
          Kind.secret(),
          null,
          "File with the token that whoever reads /metrics must send, or with sha256: and its hash;"
              + " without it, everybody may who reaches the port");
  static final Variable<URI> PUBLIC_URL =
      basic(
          "ARAGORA_PUBLIC_URL",
          Kind.url(),
          null,
          "Address people and receipts use for this server; without it, host and port");
  static final Variable<List<String>> TRUSTED_PROXIES =
      advanced(
          "ARAGORA_TRUSTED_PROXIES",
          Kind.proxies(20),
          null,
          "Proxies in front: only from them X-Forwarded-For and X-Forwarded-Proto tell where a"
              + " request comes from; a name is looked up anew at most every 30 seconds");

  static final Variable<String> HOSTNAME =
      basic(
          "ARAGORA_HOSTNAME",
          Kind.host(),
          "localhost",
          "Name people reach the appliance by; its certificate is made for it");
  static final Variable<Integer> EDGE_PORT =
      advanced(
          "ARAGORA_EDGE_PORT",
          Kind.small(1, 65_535),
          null,
          "Port of the HTTPS edge before the server: with it the public URL is known by itself");

  static final Variable<String> DATABASE_URL =
      advanced(
          "ARAGORA_DATABASE_URL",
          Kind.databaseUrl(),
          "jdbc:postgresql://127.0.0.1:5432/aragora",
          "Where PostgreSQL is");
  static final Variable<String> DATABASE_USER =
      advanced(
          "ARAGORA_DATABASE_USER",
          Kind.text("a role that owns nothing", 63),
          "aragora_app",
          "Role the server works as");
  static final Variable<Secret> DATABASE_PASSWORD =
      advanced(
          "ARAGORA_DATABASE_PASSWORD",
          Kind.secret(),
          null,
          "File with that role's password; none where the database asks for none");
  static final Variable<String> DATABASE_OWNER_USER =
      advanced(
          "ARAGORA_DATABASE_OWNER_USER",
          Kind.text("a role that owns the database", 63),
          "aragora_owner",
          "Role that migrates the schema");
  static final Variable<Secret> DATABASE_OWNER_PASSWORD =
      advanced(
          "ARAGORA_DATABASE_OWNER_PASSWORD",
          Kind.secret(),
          null,
          "File with the owner's password; only migrate needs it");
  static final Variable<Path> DATABASE_CA_FILE =
      advanced(
          "ARAGORA_DATABASE_CA_FILE",
          Kind.path(),
          null,
          "Certificate of the authority the database's own must come from; with it the line is TLS"
              + " and the server must prove its name");
  static final Variable<Path> DATABASE_CERT_FILE =
      advanced(
          "ARAGORA_DATABASE_CERT_FILE",
          Kind.path(),
          null,
          "Certificate by which the server proves its role, in place of a password");
  static final Variable<Path> DATABASE_KEY_FILE =
      advanced("ARAGORA_DATABASE_KEY_FILE", Kind.path(), null, "Key of that certificate (PKCS #8)");
  static final Variable<Path> DATABASE_OWNER_CERT_FILE =
      advanced(
          "ARAGORA_DATABASE_OWNER_CERT_FILE",
          Kind.path(),
          null,
          "Certificate by which migrate proves the owner's role");
  static final Variable<Path> DATABASE_OWNER_KEY_FILE =
      advanced(
          "ARAGORA_DATABASE_OWNER_KEY_FILE",
          Kind.path(),
          null,
          "Key of that certificate (PKCS #8)");
  static final Variable<Integer> DATABASE_POOL_SIZE =
      advanced(
          "ARAGORA_DATABASE_POOL_SIZE",
          Kind.small(2, 200),
          "10",
          "Connections a node holds; two to three for each core");

  static final Variable<Path> DATA_DIR =
      advanced(
          "ARAGORA_DATA_DIR",
          Kind.path(),
          ".aragora",
          "Folder of the signing keys and the last signed log head");
  static final Variable<Long> MIN_FREE_DISK_MB =
      advanced(
          "ARAGORA_MIN_FREE_DISK_MB",
          Kind.whole(0, 1_000_000),
          "256",
          "Free megabytes in the data folder below which the server is not ready");

  static final Variable<String> SCHEMA_AHEAD =
      advanced(
          "ARAGORA_SCHEMA_AHEAD",
          Kind.text("the number of a migration", 8),
          null,
          "Newest schema this version may work on though it does not know it; set by ops/rollback");

  static final Variable<Boolean> REHEARSAL =
      basic(
          "ARAGORA_REHEARSAL",
          Kind.onOff(),
          "on",
          "Offers the built-in rehearsal panel, which needs no key and no network");
  static final Variable<URI> OPENAI_URL =
      basic(
          "ARAGORA_OPENAI_URL",
          Kind.url(),
          null,
          "Base address of an OpenAI-compatible server, such as https://api.openai.com/v1");
  static final Variable<Secret> OPENAI_KEY =
      basic("ARAGORA_OPENAI_KEY", Kind.secret(), null, "File with the key it asks for");
  static final Variable<List<String>> OPENAI_MODELS =
      basic(
          "ARAGORA_OPENAI_MODELS",
          Kind.names(50),
          null,
          "Models of that server that may sit on a panel");
  static final Variable<List<URI>> EGRESS_ALLOW =
      basic(
          "ARAGORA_EGRESS_ALLOW",
          Kind.origins(50),
          null,
          "Private or loopback origins the server may call; all others of that kind are refused");
  static final Variable<Path> EXTRA_CA_DIR =
      advanced(
          "ARAGORA_EXTRA_CA_DIR",
          Kind.path(),
          null,
          "Folder with certificates (.crt, .pem) of your own authorities, trusted beside the public"
              + " ones where the server calls others");
  static final Variable<String> OPENAI_VENDOR =
      advanced(
          "ARAGORA_OPENAI_VENDOR",
          Kind.text("a name of at most 60 characters", 60),
          null,
          "Vendor named in receipts and used to judge independence; else known by the model's"
              + " name");
  static final Variable<Money> OPENAI_INPUT_PRICE =
      advanced(
          "ARAGORA_OPENAI_INPUT_PRICE",
          Kind.money(MOST_MONEY),
          null,
          "Price of a million input tokens of that server; without it, the price table's");
  static final Variable<Money> OPENAI_OUTPUT_PRICE =
      advanced(
          "ARAGORA_OPENAI_OUTPUT_PRICE",
          Kind.money(MOST_MONEY),
          null,
          "Price of a million output tokens of that server; without it, the price table's");

  static final Variable<Money> MONTHLY_CAP =
      basic(
          "ARAGORA_MONTHLY_CAP",
          Kind.money(MOST_MONEY),
          "50000000",
          "Most a workspace may spend in a month, unless it has a cap of its own");
  static final Variable<Money> DAILY_CAP =
      advanced(
          "ARAGORA_DAILY_CAP",
          Kind.money(MOST_MONEY),
          null,
          "Most a workspace may spend in a day (UTC), unless it has caps of its own; without it,"
              + " the monthly cap");
  static final Variable<Money> DEBATE_CAP =
      basic(
          "ARAGORA_DEBATE_CAP",
          Kind.money(MOST_MONEY),
          "1000000",
          "Most one debate may spend, unless its brief says less");

  static final Variable<Duration> CALL_SECONDS =
      advanced(
          "ARAGORA_CALL_SECONDS",
          Kind.seconds(1, 3_600),
          "120",
          "Longest one call to a model may take");
  static final Variable<Duration> ROUND_SECONDS =
      advanced(
          "ARAGORA_ROUND_SECONDS", Kind.seconds(1, 7_200), "300", "Longest one round may take");
  static final Variable<Duration> DEBATE_SECONDS =
      advanced(
          "ARAGORA_DEBATE_SECONDS", Kind.seconds(1, 86_400), "1200", "Longest one debate may take");
  static final Variable<Integer> DEBATES_AT_ONCE =
      basic(
          "ARAGORA_DEBATES_AT_ONCE",
          Kind.small(1, 1_000),
          "20",
          "Debates a node carries at the same time; others wait their turn");

  static final Variable<Integer> MAX_CONNECTIONS =
      advanced(
          "ARAGORA_MAX_CONNECTIONS",
          Kind.small(10, 100_000),
          "2000",
          "TCP connections a node accepts");
  static final Variable<Integer> MAX_REQUESTS =
      advanced(
          "ARAGORA_MAX_REQUESTS",
          Kind.small(1, 100_000),
          "256",
          "Requests a node answers at the same time; more get 429");
  static final Variable<Duration> HEADER_SECONDS =
      advanced(
          "ARAGORA_HEADER_SECONDS",
          Kind.seconds(1, 60),
          "8",
          "Longest a request's headers, and then its body, may take to arrive");
  static final Variable<Duration> DRAIN_SECONDS =
      advanced(
          "ARAGORA_DRAIN_SECONDS",
          Kind.seconds(0, 300),
          "20",
          "Longest a stopping node waits for requests and debates to let go");
  static final Variable<Duration> DRAIN_NOTICE_SECONDS =
      advanced(
          "ARAGORA_DRAIN_NOTICE_SECONDS",
          Kind.seconds(0, 60),
          "3",
          "How long a stopping node still answers, so that a proxy can notice that it is not"
              + " ready");
  static final Variable<Duration> STREAM_SECONDS =
      advanced(
          "ARAGORA_STREAM_SECONDS",
          Kind.seconds(5, 86_400),
          "900",
          "Life of an event stream, after which the client reconnects");

  static final Variable<Duration> SESSION_IDLE_SECONDS =
      advanced(
          "ARAGORA_SESSION_IDLE_SECONDS",
          Kind.seconds(60, 86_400),
          "1800",
          "Longest a person stays signed in without a request");
  static final Variable<Duration> SESSION_SECONDS =
      advanced(
          "ARAGORA_SESSION_SECONDS",
          Kind.seconds(300, 2_592_000),
          "43200",
          "Longest a person stays signed in");

  static final Variable<Boolean> OPEN_WORKSPACES =
      advanced(
          "ARAGORA_OPEN_WORKSPACES",
          Kind.onOff(),
          "off",
          "Lets everybody signed in make workspaces; off, only operators do");

  static final Variable<String> SMTP_HOST =
      basic("ARAGORA_SMTP_HOST", Kind.host(), null, "Mail server; without it no mail is sent");
  static final Variable<String> SMTP_FROM =
      basic("ARAGORA_SMTP_FROM", Kind.email(), null, "Address that mail comes from");
  static final Variable<Integer> SMTP_PORT =
      advanced("ARAGORA_SMTP_PORT", Kind.small(1, 65_535), "587", "Port of the mail server");
  static final Variable<MailTls> SMTP_TLS =
      advanced(
          "ARAGORA_SMTP_TLS",
          Kind.oneOf(MailTls.class),
          "starttls",
          "How the line to it is private: starttls (587), tls (465), none (a relay on this"
              + " machine)");
  static final Variable<String> SMTP_USER =
      advanced(
          "ARAGORA_SMTP_USER",
          Kind.text("a name of at most 254 characters", 254),
          null,
          "Name the mail server knows us by; none where it asks for none");
  static final Variable<Secret> SMTP_PASSWORD =
      advanced("ARAGORA_SMTP_PASSWORD", Kind.secret(), null, "File with that name's password");

  static final Variable<Integer> CALLER_RATE =
      advanced(
          "ARAGORA_CALLER_RATE",
          Kind.small(0, 1_000_000),
          "600",
          "Requests a minute one key or person may make on a node, a fifth of them at once; 0 is no"
              + " limit");
  static final Variable<Integer> STRANGER_RATE =
      advanced(
          "ARAGORA_STRANGER_RATE",
          Kind.small(0, 1_000_000),
          "120",
          "Requests a minute from one address without a valid key, 60 of them at once; 0 is no"
              + " limit. Behind a proxy that ARAGORA_TRUSTED_PROXIES does not name, all of them"
              + " come from its address");

  static final Variable<URI> OIDC_ISSUER =
      basic(
          "ARAGORA_OIDC_ISSUER",
          Kind.url(),
          null,
          "Your sign-in provider (OpenID Connect), exactly as it names itself; without it, nobody"
              + " signs in elsewhere");
  static final Variable<String> OIDC_CLIENT_ID =
      basic(
          "ARAGORA_OIDC_CLIENT_ID",
          Kind.text("a name of at most 200 characters", 200),
          null,
          "This server's client id there; its redirect address is the public URL and"
              + " /api/v1/oidc/callback");
  static final Variable<Secret> OIDC_CLIENT_SECRET =
      basic(
          "ARAGORA_OIDC_CLIENT_SECRET",
          Kind.secret(),
          null,
          "File with the client's secret; none where this server is a public client");
  static final Variable<String> OIDC_NAME =
      advanced(
          "ARAGORA_OIDC_NAME",
          Kind.text("a name of at most 60 characters", 60),
          "Single sign-on",
          "What people call the provider");

  static final Variable<LogLevel> LOG_LEVEL =
      basic(
          "ARAGORA_LOG_LEVEL",
          Kind.oneOf(LogLevel.class),
          "info",
          "Least grave message that is logged");
  static final Variable<LogFormat> LOG_FORMAT =
      basic("ARAGORA_LOG_FORMAT", Kind.oneOf(LogFormat.class), "json", "How a log line looks");

  static final Variable<URI> CLIENT_URL =
      advanced(
          "ARAGORA_URL",
          Kind.url(),
          null,
          "Server the commands debate, watch, receipt and doctor speak to");
  static final Variable<Path> CLIENT_KEY =
      advanced("ARAGORA_KEY_FILE", Kind.path(), null, "File with the API key those commands use");
  static final Variable<Integer> HEAP_MB =
      advanced(
          "ARAGORA_HEAP_MB",
          Kind.small(64, 65_536),
          "512",
          "Megabytes of Java heap that ops/aragora gives the server");

  static final List<Section> SECTIONS =
      List.of(
          StackVariables.SECTION,
          new Section(
              "Where it listens",
              RESTART,
              List.of(
                  HOSTNAME,
                  PUBLIC_URL,
                  EDGE_PORT,
                  HTTP_HOST,
                  HTTP_PORT,
                  MANAGEMENT_HOST,
                  MANAGEMENT_PORT,
                  METRICS_TOKEN,
                  TRUSTED_PROXIES)),
          new Section(
              "Database",
              RESTART,
              List.of(
                  DATABASE_URL,
                  DATABASE_USER,
                  DATABASE_PASSWORD,
                  DATABASE_OWNER_USER,
                  DATABASE_OWNER_PASSWORD,
                  DATABASE_CA_FILE,
                  DATABASE_CERT_FILE,
                  DATABASE_KEY_FILE,
                  DATABASE_OWNER_CERT_FILE,
                  DATABASE_OWNER_KEY_FILE,
                  DATABASE_POOL_SIZE)),
          new Section("Files", RESTART, List.of(DATA_DIR, MIN_FREE_DISK_MB, SCHEMA_AHEAD)),
          new Section(
              "Models",
              RESTART,
              List.of(
                  REHEARSAL,
                  OPENAI_URL,
                  OPENAI_KEY,
                  OPENAI_MODELS,
                  EGRESS_ALLOW,
                  EXTRA_CA_DIR,
                  OPENAI_VENDOR,
                  OPENAI_INPUT_PRICE,
                  OPENAI_OUTPUT_PRICE)),
          new Section("Money", RESTART, List.of(MONTHLY_CAP, DEBATE_CAP, DAILY_CAP)),
          new Section(
              "Debates",
              RESTART,
              List.of(CALL_SECONDS, ROUND_SECONDS, DEBATE_SECONDS, DEBATES_AT_ONCE)),
          new Section(
              "Limits",
              RESTART,
              List.of(
                  MAX_CONNECTIONS,
                  MAX_REQUESTS,
                  HEADER_SECONDS,
                  DRAIN_SECONDS,
                  DRAIN_NOTICE_SECONDS,
                  STREAM_SECONDS,
                  CALLER_RATE,
                  STRANGER_RATE,
                  HEAP_MB)),
          new Section("Sessions", RESTART, List.of(SESSION_IDLE_SECONDS, SESSION_SECONDS)),
          new Section("People", RESTART, List.of(OPEN_WORKSPACES)),
          new Section(
              "Mail",
              RESTART,
              List.of(SMTP_HOST, SMTP_FROM, SMTP_PORT, SMTP_TLS, SMTP_USER, SMTP_PASSWORD)),
          new Section(
              "Sign-in provider",
              RESTART,
              List.of(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME)),
          new Section("Logging", RESTART, List.of(LOG_LEVEL, LOG_FORMAT)),
          new Section("Command line", NEXT_COMMAND, List.of(CLIENT_URL, CLIENT_KEY)));

  private Variables() {}

  static List<Variable<?>> all() {
    return SECTIONS.stream().<Variable<?>>flatMap(each -> each.variables().stream()).toList();
  }

  static <T> Variable<T> basic(String name, Kind<T> kind, @Nullable String standard, String line) {
    return new Variable<>(name, kind, standard, Variable.Level.BASIC, line);
  }

  static <T> Variable<T> advanced(
      String name, Kind<T> kind, @Nullable String standard, String line) {
    return new Variable<>(name, kind, standard, Variable.Level.ADVANCED, line);
  }
}
