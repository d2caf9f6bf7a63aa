package io.aragora.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aragora.kernel.Money;
import io.aragora.platform.db.DatabaseTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  private static final int SEED = 42;

  @TempDir private Path folder;

  @Test
  void anEmptyEnvironmentIsEnough() {
    var settings = Settings.read(Map.of());
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().publicUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(settings.management().port()).isEqualTo(8081);
    assertThat(settings.database().app().user()).isEqualTo("aragora_app");
    assertThat(settings.database().owner().user()).isEqualTo("aragora_owner");
    assertThat(settings.models().rehearsal()).isTrue();
    assertThat(settings.models().openAi()).isNull();
    assertThat(settings.caps().debate()).isEqualTo(Money.ofMicro(1_000_000));
    assertThat(settings.logging().format()).isEqualTo(LogFormat.JSON);
  }

  @Test
  void everyVariableReachesItsPlace() throws IOException {
    var settings = Settings.read(everything());
    assertThat(settings.http())
        .isEqualTo(
            new Settings.Http(
                "0.0.0.0",
                9090,
                URI.create("https://decide.example"),
                List.of("10.1.0.0/16", "edge")));
    assertThat(settings.management())
        .isEqualTo(new Settings.Management("::1", 9091, new Secret("scrape")));
    assertThat(settings.database().app().password()).isEqualTo("app$#'\"@:/%");
    assertThat(settings.database().owner().password()).isEqualTo("own");
    assertThat(settings.database().app().url()).isEqualTo("jdbc:postgresql://db:5433/decide");
    assertThat(settings.database().app().tls()).isEqualTo(tls("CERT", "KEY"));
    assertThat(settings.database().owner().tls()).isEqualTo(tls("OWNER_CERT", "OWNER_KEY"));
    assertThat(settings.database().poolSize()).isEqualTo(7);
    assertThat(settings.storage()).isEqualTo(new Settings.Storage(Path.of("/data"), 10, "0041"));
    assertThat(settings.models())
        .isEqualTo(
            new Settings.Models(
                false,
                new Settings.OpenAi(
                    URI.create("http://127.0.0.1:9999/v1"),
                    new Secret("sk-1"),
                    List.of("small", "large"),
                    "acme",
                    Money.ofMicro(1),
                    Money.ofMicro(2)),
                List.of(URI.create("http://127.0.0.1:9999")),
                Path.of("/own")));
    assertThat(settings.caps())
        .isEqualTo(new Settings.Caps(Money.ofMicro(4), Money.ofMicro(3), Money.ofMicro(6)));
    assertThat(settings.debates())
        .isEqualTo(
            new Settings.Debates(
                Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 5));
    assertThat(settings.limits())
        .isEqualTo(
            new Settings.Limits(
                11,
                12,
                Duration.ofSeconds(13),
                Duration.ofSeconds(14),
                Duration.ofSeconds(16),
                Duration.ofSeconds(15),
                17,
                18));
    assertThat(settings.sessions())
        .isEqualTo(new Settings.Sessions(Duration.ofSeconds(61), Duration.ofSeconds(301)));
    assertThat(settings.people()).isEqualTo(new Settings.People(true));
    assertThat(settings.mail())
        .isEqualTo(
            new Settings.Mail(
                "mail.example", 25, MailTls.NONE, "a@b.example", "anna", new Secret("post")));
    assertThat(settings.oidc())
        .isEqualTo(
            new Settings.Oidc(
                URI.create("https://id.example/realm"), "decide", new Secret("hush"), "Example"));
    assertThat(settings.logging()).isEqualTo(new Settings.Logging(LogLevel.DEBUG, LogFormat.TEXT));
  }

  /** Value, then what must be said of it: one row for each way a class of values goes wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ARAGORA_HTTP_PORT         | eighty              | is not a whole number; allowed: 0 to 65535
          ARAGORA_HTTP_PORT         | 65536               | is a number too large; allowed: 0 to 65535
          ARAGORA_HTTP_PORT         | -1                  | is a number too small; allowed: 0 to 65535
          ARAGORA_HTTP_PORT         | 99999999999999999999| is not a whole number
          ARAGORA_HTTP_PORT         | 8080.5              | is not a whole number
          ARAGORA_HTTP_HOST         | two words           | is not a host name or IP address
          ARAGORA_PUBLIC_URL        | ftp://x             | is not an http or https URL
          ARAGORA_PUBLIC_URL        | https://            | is not a URL
          ARAGORA_PUBLIC_URL        | https://u:p@x       | is a URL with a user, query or fragment
          ARAGORA_PUBLIC_URL        | https://x/?a=b      | is a URL with a user, query or fragment
          ARAGORA_PUBLIC_URL        | https:///path       | is a URL without a usable host
          ARAGORA_TRUSTED_PROXIES   | 0.0.0.0/0           | names what is no address
          ARAGORA_TRUSTED_PROXIES   | 10.0.0.0/33         | names what is no address
          ARAGORA_TRUSTED_PROXIES   | 10.0.0.256          | names what is no address
          ARAGORA_TRUSTED_PROXIES   | 2001:db8::g         | names what is no address
          ARAGORA_TRUSTED_PROXIES   | http://edge         | names what is no address
          ARAGORA_TRUSTED_PROXIES   | edge,,10.0.0.1      | has an empty entry; allowed: up to 20 addresses
          ARAGORA_DATABASE_URL      | mysql://x           | is not a PostgreSQL URL
          ARAGORA_DATABASE_URL      | jdbc:postgresql://x/y?password=z | is a URL with a user or password in it
          ARAGORA_DATABASE_POOL_SIZE| 0                   | is a number too small; allowed: 2 to 200
          ARAGORA_MONTHLY_CAP       | -5                  | allowed: 0 to 1000000000000 micro-dollars
          ARAGORA_MONTHLY_CAP       | $5                  | is not a whole number
          ARAGORA_REHEARSAL         | maybe               | is neither on nor off; allowed: on or off
          ARAGORA_REHEARSAL         | off                 | is off and no other model is set
          ARAGORA_LOG_LEVEL         | loud                | allowed: error, warn, info, debug
          ARAGORA_OPENAI_URL        | http://x/v1         | and ARAGORA_OPENAI_MODELS go together
          ARAGORA_OPENAI_INPUT_PRICE| 1                   | and ARAGORA_OPENAI_OUTPUT_PRICE go together
          ARAGORA_EGRESS_ALLOW      | http://x/path       | has an origin with a path
          ARAGORA_EGRESS_ALLOW      | http://x,,http://y  | has an empty entry
          ARAGORA_EGRESS_ALLOW      | http://x,http://x   | names an entry twice
          ARAGORA_CALL_SECONDS      | 301                 | is longer than ARAGORA_ROUND_SECONDS
          ARAGORA_ROUND_SECONDS     | 1201                | is longer than ARAGORA_DEBATE_SECONDS
          ARAGORA_MANAGEMENT_PORT   | 8080                | is the same port as ARAGORA_HTTP_PORT
          ARAGORA_OPENAI_KEY        | sk-hush             | is a secret and must not stand in the environment
          ARAGORA_OPENAI_KEY_FILE   | /no/such/file       | names a file that cannot be read
          ARAGORA_HTTP_PROT         | 1                   | is unknown; the nearest setting is ARAGORA_HTTP_PORT
          ARAGORA_DATABSE_URL       | 1                   | is unknown; the nearest setting is ARAGORA_DATABASE_URL
          ARAGORA_HEAP_MB           | 1                   | is a number too small
          ARAGORA_URL               | nowhere             | is not an http or https URL
          """)
  void aBadValueIsNamedWithWhatIsAllowed(String name, String value, String said) {
    var fault = faultOf(Map.of(name, value));
    assertThat(fault.faults()).singleElement().asString().startsWith(name + " ").contains(said);
  }

  @Test
  void allFaultsAreListedAtOnce() {
    var fault =
        faultOf(
            Map.of(
                "ARAGORA_HTTP_PORT", "x",
                "ARAGORA_LOG_LEVEL", "x",
                "ARAGORA_MONTHLY_CAP", "x",
                "ARAGORA_NEW_THING", "x",
                "ARAGORA_DATABASE_PASSWORD", "x"));
    assertThat(fault.faults()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARAGORA_OPENAI_KEY", "ARAGORA_DATABASE_PASSWORD", "ARAGORA_HTTP_PORT"})
  void noFaultRepeatsTheValue(String name) {
    assertThat(faultOf(Map.of(name, "hush-hush")).getMessage()).doesNotContain("hush-hush");
  }

  @Test
  void aSecretDoesNotShowItself() throws IOException {
    var settings = Settings.read(everything());
    assertThat(settings.toString()).doesNotContain("sk-1").doesNotContain("app$#");
  }

  @Test
  void anySettingMayComeFromAFile() throws IOException {
    var settings = Settings.read(Map.of("ARAGORA_HTTP_PORT_FILE", file("port", "9000\n")));
    assertThat(settings.http().port()).isEqualTo(9000);
  }

  @Test
  void aValueAndAFileForItAreOneTooMany() throws IOException {
    var both = Map.of("ARAGORA_HTTP_PORT", "1", "ARAGORA_HTTP_PORT_FILE", file("port", "2"));
    assertThat(faultOf(both).faults()).singleElement().asString().contains("are both set");
  }

  @Test
  void filesThatCannotHoldAValueAreRefused() throws IOException {
    Files.write(folder.resolve("latin"), new byte[] {(byte) 0xff});
    var large = file("large", "x".repeat(70_000));
    for (String path : List.of(file("empty", "\n"), folder.resolve("latin").toString(), large)) {
      assertThat(faultOf(Map.of("ARAGORA_OPENAI_KEY_FILE", path)).faults()).hasSize(1);
    }
  }

  @Test
  void emptyTextMeansTheDefault() {
    assertThat(Settings.read(Map.of("ARAGORA_HTTP_PORT", "")).http().port()).isEqualTo(8080);
  }

  @Test
  void otherProgramsVariablesAreNoneOfOurs() {
    assertThat(Settings.read(Map.of("PATH", "/bin", "ARAGORN", "king"))).isNotNull();
  }

  /** Generated passwords of all printable characters, most of them the ones shells stumble over. */
  @Test
  void valuesSurviveUnchanged() throws IOException {
    var random = new Random(SEED);
    var hard = "$#'\"@:/%\\ `!&;=~{}()*?<>|^\u00e9\u20ac";
    for (int round = 0; round < 1_000; round++) {
      var value = new StringBuilder("x");
      random
          .ints(1 + random.nextInt(40), 0, hard.length())
          .forEach(at -> value.append(hard.charAt(at)));
      var settings =
          Settings.read(Map.of("ARAGORA_DATABASE_PASSWORD_FILE", file("secret", value + "\n")));
      assertThat(settings.database().app().password()).hasToString(value.toString());
      var vendor =
          Settings.read(openAi("ARAGORA_OPENAI_VENDOR", value.toString())).models().openAi();
      assertThat(vendor).extracting(Settings.OpenAi::vendor).isEqualTo(value.toString());
    }
  }

  @Test
  void theClientReadsOnlyWhatIsItsOwn() {
    var client = ClientSettings.read(Map.of("ARAGORA_HTTP_PORT", "bad", "ARAGORA_URL", "http://x"));
    assertThat(client.url()).isEqualTo(URI.create("http://x"));
    assertThatThrownBy(() -> ClientSettings.read(Map.of("ARAGORA_URL", "x")))
        .isInstanceOf(SettingsFault.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example, true",
    "http://localhost:8490, true",
    "http://127.0.0.1:8490, true",
    "http://[::1]:8490, true",
    "http://id.example, false",
    "http://localhost.id.example, false",
    "http://127.0.0.1.id.example, false"
  })
  void aSignInProviderIsHttpsOrOnThisMachine(String issuer, boolean good) {
    var environment = Map.of("ARAGORA_OIDC_ISSUER", issuer, "ARAGORA_OIDC_CLIENT_ID", "decide");
    if (good) {
      assertThat(Settings.read(environment).oidc())
          .isEqualTo(new Settings.Oidc(URI.create(issuer), "decide", null, "Single sign-on"));
    } else {
      assertThat(faultOf(environment).faults())
          .singleElement()
          .asString()
          .startsWith("ARAGORA_OIDC_ISSUER must be https");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "decide.example, 443, https://decide.example",
    "decide.example, 8443, https://decide.example:8443",
    "2001:db8::1, 8443, https://[2001:db8::1]:8443",
    ", 8443, https://localhost:8443"
  })
  void behindTheEdgeThePublicAddressIsTheEdges(@Nullable String name, String port, String url) {
    var environment = new HashMap<>(Map.of("ARAGORA_EDGE_PORT", port));
    environment.put("ARAGORA_HOSTNAME", name == null ? "" : name);
    assertThat(Settings.read(environment).http().publicUrl()).isEqualTo(URI.create(url));
  }

  /** Which files are given, then what must be said of it. */
  @ParameterizedTest
  @CsvSource({
    "CA CERT, ARAGORA_DATABASE_CERT_FILE and ARAGORA_DATABASE_KEY_FILE go together",
    "CERT KEY, ARAGORA_DATABASE_CERT_FILE is of use only over TLS",
    "CA OWNER_KEY, ARAGORA_DATABASE_OWNER_CERT_FILE and ARAGORA_DATABASE_OWNER_KEY_FILE go together"
  })
  void halfAWayIntoTheDatabaseIsRefused(String files, String words) throws IOException {
    var environment = new HashMap<String, String>();
    for (String each : files.split(" ")) {
      environment.put("ARAGORA_DATABASE_%s_FILE".formatted(each), file(each, each));
    }
    assertThat(faultOf(environment).faults()).singleElement().asString().startsWith(words);
  }

  @Test
  void aCertificateThatIsNotThereIsNamed() {
    assertThat(faultOf(Map.of("ARAGORA_DATABASE_CA_FILE", "/nowhere")).faults())
        .containsExactly("ARAGORA_DATABASE_CA_FILE names a file that cannot be read: /nowhere");
  }

  /** Compose mounts it where no file is given. */
  @Test
  void theNullDeviceIsTheSameAsNone() {
    var settings = Settings.read(Map.of("ARAGORA_DATABASE_PASSWORD_FILE", "/dev/null"));
    assertThat(settings.database().app().password()).isEmpty();
  }

  private DatabaseTls tls(String certificate, String key) {
    return new DatabaseTls(
        folder.resolve("CA"),
        new DatabaseTls.Client(folder.resolve(certificate), folder.resolve(key)));
  }

  private static SettingsFault faultOf(Map<String, String> environment) {
    return catchThrowableOfType(SettingsFault.class, () -> Settings.read(environment));
  }

  private static Map<String, String> openAi(String name, String value) {
    return Map.of("ARAGORA_OPENAI_URL", "http://x/v1", "ARAGORA_OPENAI_MODELS", "m", name, value);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private Map<String, String> everything() throws IOException {
    var all = new HashMap<String, String>();
    """
    HTTP_HOST=0.0.0.0 HTTP_PORT=9090 MANAGEMENT_HOST=::1 MANAGEMENT_PORT=9091
    PUBLIC_URL=https://decide.example HOSTNAME=other.example EDGE_PORT=444
    TRUSTED_PROXIES=10.1.0.0/16,edge
    DATABASE_URL=jdbc:postgresql://db:5433/decide
    DATABASE_USER=app DATABASE_OWNER_USER=owner DATABASE_POOL_SIZE=7 DATA_DIR=/data
    MIN_FREE_DISK_MB=10 SCHEMA_AHEAD=0041 REHEARSAL=off OPENAI_URL=http://127.0.0.1:9999/v1
    OPENAI_MODELS=small,large OPENAI_VENDOR=acme OPENAI_INPUT_PRICE=1 OPENAI_OUTPUT_PRICE=2
    EGRESS_ALLOW=http://127.0.0.1:9999 EXTRA_CA_DIR=/own DEBATE_CAP=3 MONTHLY_CAP=4 DAILY_CAP=6 CALL_SECONDS=1
    ROUND_SECONDS=2 DEBATE_SECONDS=3 DEBATES_AT_ONCE=5 MAX_CONNECTIONS=11 MAX_REQUESTS=12
    HEADER_SECONDS=13 DRAIN_SECONDS=14 DRAIN_NOTICE_SECONDS=16 STREAM_SECONDS=15 CALLER_RATE=17
    STRANGER_RATE=18 SESSION_IDLE_SECONDS=61 SESSION_SECONDS=301 OPEN_WORKSPACES=on
    SMTP_HOST=mail.example SMTP_FROM=a@b.example SMTP_PORT=25 SMTP_TLS=none SMTP_USER=anna
    OIDC_ISSUER=https://id.example/realm OIDC_CLIENT_ID=decide OIDC_NAME=Example
    LOG_LEVEL=debug LOG_FORMAT=text HEAP_MB=256 URL=http://x KEY_FILE=/k
    """
        .lines()
        .flatMap(line -> List.of(line.split(" ")).stream())
        .forEach(each -> all.put("ARAGORA_" + each.split("=", 2)[0], each.split("=", 2)[1]));
    all.put("ARAGORA_DATABASE_PASSWORD_FILE", file("app", "app$#'\"@:/%\n"));
    all.put("ARAGORA_DATABASE_OWNER_PASSWORD_FILE", file("own", "own"));
    for (String each : List.of("CA", "CERT", "KEY", "OWNER_CERT", "OWNER_KEY")) {
      all.put("ARAGORA_DATABASE_%s_FILE".formatted(each), file(each, each));
    }
    all.put("ARAGORA_METRICS_TOKEN_FILE", file("scrape", "scrape\n"));
    all.put("ARAGORA_OPENAI_KEY_FILE", file("key", "sk-1\r\n"));
    all.put("ARAGORA_OIDC_CLIENT_SECRET_FILE", file("oidc", "hush"));
    all.put("ARAGORA_SMTP_PASSWORD_FILE", file("smtp", "post"));
    assertThat(all.keySet())
        .as("every declared setting is in this test")
        .containsExactlyInAnyOrderElementsOf(
            Variables.all().stream()
                .map(Variable::writtenName)
                .filter(name -> name.startsWith("ARAGORA_"))
                .toList());
    return all;
  }
}
