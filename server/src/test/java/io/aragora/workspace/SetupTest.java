package io.aragora.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aragora.access.Access;
import io.aragora.kernel.AccountId;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import io.aragora.testing.TestDatabase;
import io.aragora.workspace.setup.FirstPerson;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SetupTest {
  private static final URI HERE = URI.create("https://aragora.example/");

  private final TestDatabase own = TestDatabase.own();
  private final Town town = new Town(own);

  @AfterEach
  void close() {
    own.database().close();
  }

  private AccountId redeem(String token) {
    return town.setup.redeem(
        new AccountId(UUID.randomUUID()),
        UUID.randomUUID(),
        new FirstPerson(token, "first@example.org", "First", Town.PASSWORD));
  }

  private void assertNotOpen(String token) {
    assertThatThrownBy(() -> redeem(token))
        .isInstanceOfSatisfying(
            Refusal.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void theFirstPersonIsOperatorAndOwnsTheFirstWorkspace() {
    var first = new Access(own.database(), UUID::randomUUID, town.clock).bootstrap("Home");
    var link = town.links.make(HERE).orElseThrow();

    AccountId account = redeem(link.token());

    assertThat(link.url()).isEqualTo("https://aragora.example/setup#token=" + link.token());
    assertThat(town.workspaces.of(account))
        .extracting(WorkspaceView.Mine::id)
        .containsExactly(first.workspace().value());
    assertThat(town.workspaces.create(account, UUID.randomUUID(), "Second").status())
        .isEqualTo("active");
    assertThat(town.actions(first.workspace())).contains("setup.redeem");
  }

  @Test
  void withoutAWorkspaceTheFirstPersonGetsOne() {
    AccountId account = redeem(town.links.make(HERE).orElseThrow().token());
    assertThat(town.workspaces.of(account))
        .extracting(WorkspaceView.Mine::role)
        .containsExactly("owner");
    assertThat(new Access(own.database(), UUID::randomUUID, town.clock).bootstrap("Home").key())
        .as("a later start finds it and makes no other")
        .isEmpty();
  }

  @Test
  void aLinkWorksOnceAndThenThereIsNoOther() {
    String token = town.links.make(HERE).orElseThrow().token();
    AccountId unused = redeem(token);

    assertNotOpen(token);
    assertThat(town.links.make(HERE)).isEmpty();
  }

  @Test
  void aLinkIsDeadAfterADayOrOnceThereIsAnother() {
    String first = town.links.make(HERE).orElseThrow().token();
    String second = town.links.make(HERE).orElseThrow().token();
    assertNotOpen(first);
    town.wait(Duration.ofHours(25));
    assertNotOpen(second);
    assertNotOpen("0".repeat(64));
    assertNotOpen("nonsense");
  }
}
