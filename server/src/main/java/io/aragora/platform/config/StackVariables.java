package io.aragora.platform.config;

import static io.aragora.platform.config.Variables.advanced;
import static io.aragora.platform.config.Variables.basic;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The settings that only the compose file reads; the server never sees them. */
final class StackVariables {
  private static final String NEXT_UP = "next up";
  private static final Kind<String> MEMORY =
      Kind.form("amount of memory", "a number and m or g, such as 512m", "[1-9][0-9]*[mg]");
  private static final Kind<String> CORES =
      Kind.form(
          "number of cores", "such as 2 or 0.5, no more than there are", "[0-9]+([.][0-9]+)?");
  private static final Kind<String> IMAGE =
      Kind.form("image", "name:tag or name@sha256:digest", "[a-z0-9][A-Za-z0-9._/:@-]*");

  static final Variable<String> PROJECT =
      basic(
          "COMPOSE_PROJECT_NAME",
          Kind.form("name", "lower-case letters, digits, - and _", "[a-z0-9][a-z0-9_-]*"),
          "aragora",
          "Name of this stack; its volumes and networks begin with it");
  static final Variable<List<String>> PROFILES =
      basic(
          "COMPOSE_PROFILES",
          Kind.names(10),
          null,
          "What runs beside the core: obs (dashboards and alerts), backup, local-llm");
  static final Variable<String> BIND_ADDR =
      basic(
          "BIND_ADDR",
          Kind.host(),
          "127.0.0.1",
          "Address of this machine the edge is reached at; 0.0.0.0 opens it to the network");
  static final Variable<Integer> HTTPS_PORT =
      basic("HTTPS_PORT", Kind.small(1, 65_535), "8443", "Port of the appliance");
  static final Variable<Integer> HTTP_PORT =
      basic("HTTP_PORT", Kind.small(1, 65_535), "8080", "Port that only redirects to HTTPS");
  static final Variable<TlsMode> TLS_MODE =
      basic(
          "TLS_MODE",
          Kind.oneOf(TlsMode.class),
          "internal",
          "Where the certificate comes from: our own authority, Let's Encrypt, your files, or none"
              + " behind a proxy of yours");
  static final Variable<String> ACME_EMAIL =
      basic(
          "ACME_EMAIL", Kind.email(), null, "Address a public authority writes to; for mode acme");

  /** What the edge is told beyond its mode; the server never reads these. */
  private static final List<Variable<?>> EDGE =
      List.of(
          advanced(
              "HSTS",
              Kind.onOff(),
              "off",
              "Tells browsers to come by https only, for a year; first be sure of the certificate"),
          advanced(
              "ACME_CA",
              Kind.url(),
              "https://acme-v02.api.letsencrypt.org/directory",
              "Authority asked for certificates in mode acme"),
          advanced(
              "TLS_DIR",
              Kind.path(),
              "./tls/byo/live",
              "Folder where tls/use puts your certificate, for mode byo"),
          advanced(
              "EXTRA_CA_DIR",
              Kind.path(),
              "./tls/extra-ca",
              "Folder with certificates (.crt) of your own authorities, for the server and the edge"),
          advanced(
              "EDGE_TRUSTED_PROXIES",
              Kind.text("private_ranges, or addresses and ranges separated by blanks", 1_000),
              "private_ranges",
              "Whose X-Forwarded headers are believed in mode proxy"),
          advanced(
              "APP_UPSTREAMS",
              Kind.text("name:port, separated by blanks", 1_000),
              "app:8080",
              "Servers the edge sends requests to, each of them asked whether it is ready"));

  static final Variable<String> LLM_MODEL =
      advanced(
          "LLM_MODEL",
          Kind.form("file name", "a name that ends in .gguf", "[A-Za-z0-9][A-Za-z0-9._-]*[.]gguf"),
          "model.gguf",
          "File in the volume llm-models that the local model server answers with");
  static final Variable<Integer> METRICS_DAYS =
      advanced("METRICS_DAYS", Kind.small(1, 3_650), "15", "Days that figures are kept");
  static final Variable<String> ALERT_EMAIL_TO =
      advanced("ALERT_EMAIL_TO", Kind.email(), null, "Address that alerts are mailed to");
  static final Variable<Secret> ALERT_WEBHOOK_URL =
      advanced(
          "ALERT_WEBHOOK_URL",
          Kind.secret(),
          null,
          "File with the address that alerts are posted to");
  static final Variable<Path> OFFSITE_DIR =
      advanced(
          "OFFSITE_DIR",
          Kind.path(),
          null,
          "Folder of this machine for the off-site copy of the backups, such as a mounted share");
  static final Variable<Integer> DRILL_REPOSITORY =
      advanced(
          "DRILL_REPOSITORY",
          Kind.small(1, 2),
          "1",
          "Which copy of the backups a drill restores: 1 is this machine's, 2 the off-site one");

  static final Section SECTION =
      new Section(
          "Stack",
          NEXT_UP,
          Stream.concat(
                  Stream.of(
                      PROJECT,
                      PROFILES,
                      BIND_ADDR,
                      HTTPS_PORT,
                      HTTP_PORT,
                      TLS_MODE,
                      ACME_EMAIL,
                      advanced("APP_MEMORY", MEMORY, "1g", "Most memory the server may use"),
                      advanced("APP_CPUS", CORES, "2", "Most cores the server may use"),
                      advanced("DB_MEMORY", MEMORY, "1g", "Most memory the database may use"),
                      advanced("DB_CPUS", CORES, "2", "Most cores the database may use"),
                      image("IMG_APP", "the server"),
                      image("IMG_DB", "the database"),
                      image("IMG_EDGE", "the edge"),
                      image("IMG_PROMETHEUS", "Prometheus"),
                      image("IMG_ALERTMANAGER", "Alertmanager"),
                      image("IMG_POSTGRES_EXPORTER", "the exporter of the database's figures"),
                      image("IMG_GRAFANA", "Grafana"),
                      image("IMG_LLM", "the local model server"),
                      LLM_MODEL,
                      advanced(
                          "LLM_MEMORY", MEMORY, "4g", "Most memory the local model server may use"),
                      advanced("LLM_CPUS", CORES, "2", "Most cores the local model server may use"),
                      METRICS_DAYS,
                      ALERT_EMAIL_TO,
                      ALERT_WEBHOOK_URL,
                      OFFSITE_DIR,
                      DRILL_REPOSITORY),
                  EDGE.stream())
              .toList());

  private StackVariables() {}

  private static Variable<String> image(String name, String what) {
    return advanced(name, IMAGE, null, "Image of %s; without it, this version's".formatted(what));
  }
}
