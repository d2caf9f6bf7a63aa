package io.aragora.platform.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins single variables into settings and checks the rules that hold between them. */
final class SettingsReader {
  private final Environment environment;

  SettingsReader(Map<String, String> given) {
    this.environment = new Environment(given);
  }

  Settings read() {
    environment.refuseUnknown();
    var settings =
        new Settings(
            http(),
            management(),
            new DatabaseReader(environment).read(),
            storage(),
            models(),
            caps(),
            debates(),
            limits(),
            sessions(),
            people(),
            mail(),
            oidc(),
            logging());
    checkPorts(settings);
    checkTimes(settings.debates());
    environment.read(Variables.HEAP_MB);
    environment.maybe(Variables.CLIENT_URL);
    environment.maybe(Variables.CLIENT_KEY);
    environment.throwIfFaulty();
    return settings;
  }

  private Settings.Http http() {
    String host = environment.read(Variables.HTTP_HOST);
    int port = environment.read(Variables.HTTP_PORT);
    String name = environment.read(Variables.HOSTNAME);
    URI url =
        environment
            .maybe(Variables.PUBLIC_URL)
            .or(() -> environment.maybe(Variables.EDGE_PORT).map(edge -> Urls.edge(name, edge)))
            .orElseGet(() -> Urls.local(host, port));
    return new Settings.Http(
        host, port, url, environment.maybe(Variables.TRUSTED_PROXIES).orElse(List.of()));
  }

  private Settings.Management management() {
    return new Settings.Management(
        environment.read(Variables.MANAGEMENT_HOST),
        environment.read(Variables.MANAGEMENT_PORT),
        environment.maybe(Variables.METRICS_TOKEN).orElse(null));
  }

  private Settings.Storage storage() {
    return new Settings.Storage(
        environment.read(Variables.DATA_DIR),
        environment.read(Variables.MIN_FREE_DISK_MB),
        environment.maybe(Variables.SCHEMA_AHEAD).orElse(null));
  }

  private Settings.Models models() {
    boolean rehearsal = environment.read(Variables.REHEARSAL);
    var openAi = openAi();
    if (!rehearsal && openAi == null) {
      environment.fault(
          Variables.REHEARSAL.name(),
          "is off and no other model is set; turn it on or set " + Variables.OPENAI_URL.name());
    }
    return new Settings.Models(
        rehearsal,
        openAi,
        environment.maybe(Variables.EGRESS_ALLOW).orElse(List.of()),
        environment.maybe(Variables.EXTRA_CA_DIR).orElse(null));
  }

  private Settings.@Nullable OpenAi openAi() {
    var url = environment.maybe(Variables.OPENAI_URL).orElse(null);
    var key = environment.maybe(Variables.OPENAI_KEY).orElse(null);
    var models = environment.maybe(Variables.OPENAI_MODELS).orElse(List.of());
    var vendor = environment.maybe(Variables.OPENAI_VENDOR).orElse(null);
    var inputPrice = environment.maybe(Variables.OPENAI_INPUT_PRICE).orElse(null);
    var outputPrice = environment.maybe(Variables.OPENAI_OUTPUT_PRICE).orElse(null);
    if ((inputPrice == null) != (outputPrice == null)) {
      environment.fault(
          Variables.OPENAI_INPUT_PRICE.name(),
          "and " + Variables.OPENAI_OUTPUT_PRICE.name() + " go together; set both or neither");
    }
    if ((url == null) != models.isEmpty()) {
      environment.fault(
          Variables.OPENAI_URL.name(),
          "and " + Variables.OPENAI_MODELS.name() + " go together; set both or neither");
    }
    return url == null
        ? null
        : new Settings.OpenAi(url, key, models, vendor, inputPrice, outputPrice);
  }

  private Settings.Caps caps() {
    return new Settings.Caps(
        environment.read(Variables.MONTHLY_CAP),
        environment.read(Variables.DEBATE_CAP),
        environment.maybe(Variables.DAILY_CAP).orElse(null));
  }

  private Settings.Debates debates() {
    return new Settings.Debates(
        environment.read(Variables.CALL_SECONDS),
        environment.read(Variables.ROUND_SECONDS),
        environment.read(Variables.DEBATE_SECONDS),
        environment.read(Variables.DEBATES_AT_ONCE));
  }

  private Settings.Limits limits() {
    return new Settings.Limits(
        environment.read(Variables.MAX_CONNECTIONS),
        environment.read(Variables.MAX_REQUESTS),
        environment.read(Variables.HEADER_SECONDS),
        environment.read(Variables.DRAIN_SECONDS),
        environment.read(Variables.DRAIN_NOTICE_SECONDS),
        environment.read(Variables.STREAM_SECONDS),
        environment.read(Variables.CALLER_RATE),
        environment.read(Variables.STRANGER_RATE));
  }

  private Settings.Sessions sessions() {
    return new Settings.Sessions(
        environment.read(Variables.SESSION_IDLE_SECONDS),
        environment.read(Variables.SESSION_SECONDS));
  }

  private Settings.People people() {
    return new Settings.People(environment.read(Variables.OPEN_WORKSPACES));
  }

  private Settings.@Nullable Mail mail() {
    var host = environment.maybe(Variables.SMTP_HOST).orElse(null);
    var from = environment.maybe(Variables.SMTP_FROM).orElse(null);
    var user = environment.maybe(Variables.SMTP_USER).orElse(null);
    var password = environment.maybe(Variables.SMTP_PASSWORD).orElse(null);
    if ((host == null) != (from == null)) {
      environment.fault(
          Variables.SMTP_HOST.name(),
          "and " + Variables.SMTP_FROM.name() + " go together; set both or neither");
    }
    if ((user == null) != (password == null)) {
      environment.fault(
          Variables.SMTP_USER.name(),
          "and " + Variables.SMTP_PASSWORD.writtenName() + " go together; set both or neither");
    }
    return host == null || from == null
        ? null
        : new Settings.Mail(
            host,
            environment.read(Variables.SMTP_PORT),
            environment.read(Variables.SMTP_TLS),
            from,
            user,
            password);
  }

  private Settings.@Nullable Oidc oidc() {
    var issuer = environment.maybe(Variables.OIDC_ISSUER).orElse(null);
    var client = environment.maybe(Variables.OIDC_CLIENT_ID).orElse(null);
    var secret = environment.maybe(Variables.OIDC_CLIENT_SECRET).orElse(null);
    String name = environment.read(Variables.OIDC_NAME);
    if ((issuer == null) != (client == null)) {
      environment.fault(
          Variables.OIDC_ISSUER.name(),
          "and " + Variables.OIDC_CLIENT_ID.name() + " go together; set both or neither");
    }
    if (issuer != null && !Urls.isPrivate(issuer)) {
      environment.fault(
          Variables.OIDC_ISSUER.name(), "must be https, or on this machine; use its https address");
    }
    return issuer == null || client == null
        ? null
        : new Settings.Oidc(issuer, client, secret, name);
  }

  private Settings.Logging logging() {
    return new Settings.Logging(
        environment.read(Variables.LOG_LEVEL), environment.read(Variables.LOG_FORMAT));
  }

  private void checkPorts(Settings settings) {
    int port = settings.http().port();
    if (port != 0 && port == settings.management().port()) {
      environment.fault(
          Variables.MANAGEMENT_PORT.name(),
          "is the same port as " + Variables.HTTP_PORT.name() + "; choose two");
    }
  }

  private void checkTimes(Settings.Debates times) {
    if (times.call().compareTo(times.round()) > 0) {
      environment.fault(
          Variables.CALL_SECONDS.name(), "is longer than " + Variables.ROUND_SECONDS.name());
    }
    if (times.round().compareTo(times.debate()) > 0) {
      environment.fault(
          Variables.ROUND_SECONDS.name(), "is longer than " + Variables.DEBATE_SECONDS.name());
    }
  }
}
