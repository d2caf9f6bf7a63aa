package io.aragora.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.aragora.platform.http.Operation;
import io.aragora.testing.GeneratedFiles;
import io.aragora.testing.TestClient.Got;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be changed over HTTP leaves an entry in the audit log when it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryChangeIsAuditedTest {
  /** Operations that are no GET and change nothing, with the reason. */
  private static final Map<String, String> CHANGE_NOTHING =
      Map.of(
          "debates.estimate", "counts what a debate would cost and keeps nothing",
          "receipts.verify", "checks the file it is sent and keeps nothing",
          "invites.look", "tells what a link is for and keeps nothing",
          "passkeys.challenge", "makes random bytes and keeps nothing",
          "passkeys.options", "makes random bytes and keeps nothing");

  /** Operations that need more than a request to succeed: where their entry is shown. */
  private static final Map<String, String> SHOWN_IN =
      Map.ofEntries(
          Map.entry("sessions.create", "access/account/SignInTest sessions.create done"),
          Map.entry("password.ask", "access/account/NewPasswordTest password.ask done"),
          Map.entry("totp.begin", "access/totp/TotpTest totp.begin done"),
          Map.entry("totp.confirm", "access/totp/TotpTest totp.confirm done"),
          Map.entry("totp.renew", "access/totp/TotpTest totp.renew done"),
          Map.entry("totp.remove", "access/totp/TotpTest totp.remove done"),
          Map.entry("passkeys.create", "access/passkey/PasskeysTest passkey.create done"),
          Map.entry("passkeys.rename", "access/passkey/PasskeysTest passkey.rename done"),
          Map.entry("passkeys.remove", "access/passkey/PasskeysTest passkey.remove done"),
          Map.entry("passkeys.sign_in", "access/passkey/PasskeysTest passkey.sign_in done"),
          Map.entry("invites.accept", "workspace/InvitesTest invites.accept"),
          Map.entry("invites.join", "workspace/InvitesTest invites.accept"),
          Map.entry("workspaces.create", "workspace/WorkspacesTest workspaces.create"),
          Map.entry("workspace.leave", "workspace/MembersTest members.leave"),
          Map.entry("setup.redeem", "workspace/SetupTest setup.redeem"),
          Map.entry("me.erase", "privacy/PrivacyTest people.erase"));

  private World world;
  private Scenarios scenarios;

  @BeforeAll
  void start() {
    world = new World(Map.of());
    scenarios = new Scenarios(world);
    world.putJobsToSleep();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private List<Operation> changes() {
    return world.appliance().operations().stream()
        .filter(each -> !each.verb().equals("GET"))
        .toList();
  }

  private List<Operation> shownHere() {
    return changes().stream().filter(each -> !SHOWN_IN.containsKey(each.id())).toList();
  }

  @ParameterizedTest
  @MethodSource("shownHere")
  void leavesAnEntryOfItsOwn(Operation operation) {
    Scenarios.Request request =
        scenarios
            .of(operation.id())
            .orElseThrow(() -> new AssertionError("no scenario calls " + operation.id()));
    var client = world.appliance().newcomer(world.client());
    long before = entries();
    Got got = request.send(client);
    if (CHANGE_NOTHING.containsKey(operation.id())) {
      assertThat(entries()).as(operation.id()).isEqualTo(before);
    } else {
      assertThat(got.status()).as(got.text()).isBetween(200, 299);
      assertThat(entries()).as("%s leaves no audit entry", operation.id()).isGreaterThan(before);
    }
  }

  @Test
  void theListOfExceptionsNamesOperationsThatExist() {
    assertThat(changes()).extracting(Operation::id).containsAll(CHANGE_NOTHING.keySet());
  }

  @Test
  void whatIsShownElsewhereIsShownThere() throws IOException {
    assertThat(changes()).extracting(Operation::id).containsAll(SHOWN_IN.keySet());
    for (String place : SHOWN_IN.values()) {
      String[] parts = place.split(" ", 2);
      Path test =
          GeneratedFiles.root().resolve("server/src/test/java/io/aragora/" + parts[0] + ".java");
      assertThat(Files.readString(test)).as(place).contains(parts[1]);
    }
  }

  private long entries() {
    return world
        .superuser()
        .inSystemTransaction(
            tx ->
                tx.one("select count(*) as entries from audit_entry", row -> row.number("entries")))
        .orElseThrow();
  }
}
