package io.aragora.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aragora.platform.config.Settings;
import io.aragora.platform.json.Json;
import io.aragora.platform.secret.Rotation;
import io.aragora.workspace.setup.SetupLinks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {
  private static final String ID = "0192e4a0-0000-7000-8000-000000000001";
  private static final String DEBATE =
      """
      {"id":"%s","state":"closed","outcome":"%s","verdict":"build","receipt_id":"%s",
       "synthesis":"Build it\\u001b[31m."}
      """;
  private static final List<String> EVENTS =
      List.of(
          """
          {"type":"debate.opened","data":{"seats":3,"rule":"majority","bound":5000,"rehearsal":true}}\
          """,
          """
          {"type":"ballot.cast","data":{"seat":2,"ranking":["build","buy"],"phase":"final",\
          "changed":true,"reason_type":"evidence"}}\
          """,
          """
          {"type":"budget.settled","data":{"input_tokens":10,"output_tokens":20,"charged":1500000,\
          "left":7}}\
          """,
          """
          {"type":"debate.decided","data":{"outcome":"DECIDED","verdict":"build","confidence":"0.71"}}\
          """,
          """
          {"type":"debate.closed","data":{"outcome":"DECIDED","spent":1500000}}\
          """);

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final StubServer server = new StubServer();

  /** A server whose ports are taken; the web server gives it none and says so only in the log. */
  private static final class NoServer implements Serving {
    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public Running start(Settings settings) {
      return new Deaf();
    }

    @Override
    public String ownerKey(Settings settings) {
      return "ara_made-now";
    }

    @Override
    public Rotation.Done rotateKeys(Settings settings, Set<Rotation.Step> steps) {
      return new Rotation.Done(steps.size(), 0, 0);
    }

    @Override
    public Optional<SetupLinks.Link> firstLink(Settings settings) {
      return Optional.of(settings.http().publicUrl())
          .filter(url -> !url.getHost().equals("inhabited.example"))
          .map(
              url ->
                  new SetupLinks.Link(
                      url + "/setup#token=abc", "abc", Instant.parse("2026-11-24T12:00:00Z")));
    }
  }

  /** Started, and reachable nowhere. */
  private record Deaf() implements Serving.Running {
    @Override
    public URI url() {
      return URI.create("http://127.0.0.1:-1");
    }

    @Override
    public URI management() {
      return url();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void pointAtTheStub() throws IOException {
    Files.writeString(folder.resolve("key"), "ara_secret\n");
    environment.put("ARAGORA_URL", server.url());
    environment.put("ARAGORA_KEY_FILE", folder.resolve("key").toString());
    environment.put("ARAGORA_DATA_DIR", folder.toString());
  }

  @AfterEach
  void stopTheStub() {
    server.close();
  }

  @Test
  void theFirstPersonsLinkIsPrintedUntilTheyAreIn() {
    environment.put("ARAGORA_PUBLIC_URL", "https://empty.example");
    assertThat(run("user", "first-admin")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("https://empty.example/setup#token=abc");
    assertThat(run("user", "first-admin", "--json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"token\":\"abc\"");

    environment.put("ARAGORA_PUBLIC_URL", "https://inhabited.example");
    assertThat(run("user", "first-admin")).isEqualTo(ExitCode.NO);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("the first person is in already");
  }

  @Test
  void aDebateIsShownLiveOverBrokenLinesToItsEnd() {
    serveDebate("DECIDED", 2);
    assertThat(run("debate", "Build or buy?", "--option", "build=Build it", "--option", "Buy!"))
        .isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("3 seats, rule majority, at most $0.005000, rehearsal")
        .contains("seat 2: build > buy, final, changed by evidence")
        .contains("spent $1.500000, left $0.000007")
        .contains("DECIDED: build, confidence 0.71")
        .containsOnlyOnce("  decided");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("outcome  DECIDED", "verdict  build", "receipt  " + ID)
        .doesNotContain("\u001b");
    assertThat(server.heard()).extracting(StubServer.Heard::lastEventId).contains("0", "2", "4");
    assertThat(server.heard()).allMatch(each -> each.key().equals("Bearer ara_secret"));
  }

  @Test
  void theBriefOfTheCommandLineReachesTheServer() throws IOException {
    serveDebate("DECIDED", 9);
    server.answer("/api/v1/evidence/", 200, "{}");
    var note = Files.writeString(folder.resolve("Facts.txt"), "It costs 5.").toString();
    run(
        "debate",
        "Build or buy?",
        "--option",
        "build=Build it",
        "--option",
        "Buy it!",
        "--models",
        "m@0.2,m@1,n",
        "--rule",
        "supermajority:2/3",
        "--cap",
        "70",
        "--rounds",
        "2",
        "--seed",
        "5",
        "--context",
        note,
        "--attach",
        note,
        "--irreversible",
        "--wait");
    assertThat(Json.tree(heard("POST /api/v1/debates").body()))
        .isEqualTo(
            Json.tree(
                """
                {"question": "Build or buy?", "context": "It costs 5.",
                 "options": [{"id": "build", "label": "Build it"}, {"id": "buy-it", "label": "Buy it!"}],
                 "panel": [{"model": "m", "temperature": 0.2}, {"model": "m", "temperature": 1.0},
                           {"model": "n"}],
                 "evidence": ["356054ba709b42738bf80f4285fccc7e95eafde2b44108b5a8891144b7953bbe"],
                 "rule": {"name": "supermajority", "threshold": "2/3"},
                 "cap": 70, "seed": 5, "max_rounds": 2, "irreversible": true}
                """));
  }

  @Test
  void aDebateWithoutADecisionIsANo() {
    serveDebate("NO_CONSENSUS", 9);
    assertThat(run("debate", "Build or buy?", "--json")).isEqualTo(ExitCode.NO);
    assertThat(answer().path("outcome").asText()).isEqualTo("NO_CONSENSUS");
  }

  @Test
  void watchGivesEveryEventAsALineOfJson() {
    serveDebate("DECIDED", 1);
    assertThat(run("watch", ID, "--json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(Json::tree).toList())
        .isEqualTo(EVENTS.stream().map(Json::tree).toList());
  }

  @Test
  void aRefusalIsToldInTheServersWords() {
    server.answer(
        "/api/v1/debates",
        422,
        """
        {"title":"The input breaks a rule","code":"invalid_input","detail":"no question",
         "trace_id":"t1","errors":[{"pointer":"/question","message":"is empty"}]}
        """);
    assertThat(run("debate", "")).isEqualTo(ExitCode.REFUSED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("The input breaks a rule (invalid_input)")
        .contains("/question is empty")
        .doesNotContain("no question")
        .contains("trace t1");
  }

  @Test
  void aServerThatIsNotThereIsSaidWithWhatToDo() {
    server.close();
    assertThat(run("debate", "Why?")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("does not answer", "ops/quickstart");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debate",
        "watch nonsense",
        "receipt export x",
        "fly",
        "watch ../../me",
        "debate a b"
      })
  void whatIsNotUnderstoodIsAUsageError(String line) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
  }

  @Test
  void withoutAServerNamedItSaysHowToNameOne() {
    environment.remove("ARAGORA_URL");
    assertThat(run("debate", "Why?")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("ops/quickstart", "--url");
  }

  @Test
  void aServerOfThisMachineIsFoundThroughTheDataFolder() throws IOException {
    serveDebate("DECIDED", 9);
    environment.remove("ARAGORA_URL");
    environment.remove("ARAGORA_KEY_FILE");
    Files.writeString(folder.resolve("api-key"), "ara_other");
    new ServerNote(URI.create(server.url()), URI.create(server.url()), 1).leaveIn(folder);
    assertThat(run("debate", "Build or buy?")).isZero();
    assertThat(server.heard().getFirst().key()).isEqualTo("Bearer ara_other");
  }

  @Test
  void anExportIsWrittenAsItCame() {
    server.answer("/api/v1/receipts/" + ID + "/export", 200, "a.b.c");
    var file = folder.resolve("r.jws");
    assertThat(run("receipt", "export", "--format", "jws", ID, "-o", file.toString())).isZero();
    assertThat(file).hasContent("a.b.c");
    assertThat(server.heard().getFirst().call()).endsWith("export?format=jws");
  }

  @Test
  void aFileThatIsNoReceiptIsInvalid() throws IOException {
    var file = Files.writeString(folder.resolve("x"), "{}").toString();
    assertThat(run("receipt", "verify", file)).isEqualTo(ExitCode.NO);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("INVALID");
    assertThat(run("receipt", "verify", folder.resolve("none").toString()))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aServerThatCannotListenDoesNotStay() {
    assertThat(run("serve")).isEqualTo(ExitCode.NOT_STARTED);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot listen on 127.0.0.1:8080");
    assertThat(folder.resolve("server.json")).doesNotExist();
  }

  @Test
  void badSettingsAreAllListed() {
    environment.put("ARAGORA_HTTP_PORT", "x");
    environment.put("ARAGORA_LOG_LEVEL", "x");
    assertThat(run("migrate")).isEqualTo(ExitCode.NOT_STARTED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("ARAGORA_HTTP_PORT", "ARAGORA_LOG_LEVEL");
  }

  @Test
  void theFirstKeyIsWrittenOnceForItsUserOnly() throws IOException {
    var file = folder.resolve("deep/first-key");
    assertThat(run("init", "--key-file", file.toString())).isZero();
    assertThat(file).hasContent("ara_made-now");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    Files.writeString(file, "kept");
    assertThat(run("init", "--key-file", file.toString())).isZero();
    assertThat(file).hasContent("kept");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("ara_made-now");
  }

  @Test
  void aRotationIsWholeUnlessItIsToldToStopHalfway() {
    assertThat(run("key", "rotate", "--json")).isZero();
    assertThat(answer().path("version").asInt()).isEqualTo(3);
    assertThat(run("key", "rotate", "--data")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("key file 4 in force");
    assertThat(run("key", "rotate", "--keep-old", "--finish")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theDoctorNamesWhatIsWrong() throws IOException {
    server.answer("/api/v1/system", 200, "{\"version\":\"0.0.1\",\"schema\":\"1\"}");
    server.answer(
        "/readyz",
        503,
        "{\"status\":\"down\",\"checks\":[{\"name\":\"disk\",\"status\":\"down\",\"detail\":\"full\"}]}");
    new ServerNote(URI.create(server.url()), URI.create(server.url()), 1).leaveIn(folder);
    assertThat(run("doctor", "--json")).isEqualTo(ExitCode.NO);
    assertThat(answer().path("findings").toString())
        .contains("0.0.1", "this command is", "\"disk\"", "full");
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertThat(run("version", "--json")).isZero();
    assertThat(answer().path("version").asText())
        .isEqualTo(Files.readString(Path.of("../VERSION")).strip());
  }

  private void serveDebate(String outcome, int eventsAtOnce) {
    var debate = DEBATE.formatted(ID, outcome, ID);
    server
        .answer("/api/v1/debates", 202, debate)
        .answer("/api/v1/debates/" + ID, 200, debate)
        .events("/api/v1/debates/" + ID + "/events", eventsAtOnce, EVENTS);
  }

  private StubServer.Heard heard(String call) {
    return server.heard().stream()
        .filter(each -> each.call().equals(call))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode answer() {
    return Json.tree(out.toString(StandardCharsets.UTF_8));
  }

  private int run(String... words) {
    return new Cli(
            new NoServer(),
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(words);
  }
}
