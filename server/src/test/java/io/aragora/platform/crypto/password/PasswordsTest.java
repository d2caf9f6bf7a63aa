package io.aragora.platform.crypto.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.aragora.kernel.ErrorCode;
import io.aragora.kernel.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
  private static final String GOOD = "violet kettle under seven moons";

  private final Passwords passwords = new Passwords();

  @Test
  void knowsAPasswordByItsArgon2idHash() {
    String hash = passwords.hash(GOOD);
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(GOOD);
    assertThat(passwords.matches(GOOD, Optional.of(hash))).isTrue();
    assertThat(passwords.matches(GOOD + " ", Optional.of(hash))).isFalse();
    assertThat(passwords.hash(GOOD)).as("salted").isNotEqualTo(hash);
  }

  @Test
  void takesTheSamePasswordHoweverItIsComposed() {
    String hash = passwords.hash("Ünder Fünf Monden Kessel ﬁel");
    String decomposed = "U\u0308nder Fu\u0308nf Monden Kessel fiel";
    assertThat(passwords.matches(decomposed, Optional.of(hash))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short one",
        "aaaaaaaaaaaaaaaa",
        "password1234",
        "qwertyuiop[]",
        "annabell.smith1",
        "aragora aragora",
        "123456789012345"
      })
  void refusesAPasswordThatIsEasyToGuess(String weak) {
    assertThatThrownBy(
            () -> passwords.hash(weak, List.of("annabell.smith@example.org", "Annabell Smith")))
        .isInstanceOfSatisfying(
            Refusal.class,
            no -> {
              assertThat(no.code()).isEqualTo(ErrorCode.INVALID_INPUT);
              assertThat(no.detail()).doesNotContain(weak);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "violetkettleundersevenmoons",
        "VIOLET KETTLE UNDER SEVEN MOONS",
        "9274160385172649051",
        "雨が七つの月の下に降るまで待つ",
        "violet kettle under seven moons while the copper otter whistles!!"
      })
  void takesLettersOfEveryKindAndAsksForNone(String password) {
    assertThat(passwords.matches(password, Optional.of(passwords.hash(password)))).isTrue();
  }

  @Test
  void refusesAPasswordTooLongToHash() {
    assertThatThrownBy(() -> passwords.hash("a b".repeat(50))).isInstanceOf(Refusal.class);
    String hash = passwords.hash(GOOD);
    assertThat(passwords.matches(GOOD.repeat(20_000), Optional.of(hash))).isFalse();
  }

  @Test
  void doesTheSameWorkWhereThereIsNoHash() {
    long before = passwords.computed();
    assertThat(passwords.matches(GOOD, Optional.empty())).isFalse();
    assertThat(passwords.matches("", Optional.empty())).isFalse();
    assertThat(passwords.computed() - before).isEqualTo(2);
  }

  @Test
  void renewsAHashOfAnOlderKind() {
    String old = Argon2Function.getInstance(4_096, 3, 1, 32, Argon2.ID).hash(GOOD).getResult();
    assertThat(passwords.matches(GOOD, Optional.of(old))).isTrue();
    String renewed = passwords.renewed(GOOD, old).orElseThrow();
    assertThat(passwords.matches(GOOD, Optional.of(renewed))).isTrue();
    assertThat(passwords.renewed(GOOD, renewed)).isEmpty();
  }

  @Test
  void turnsAwayWhoWouldHaveToWaitTooLong() throws Exception {
    var narrow = new Passwords(1, Duration.ofMillis(1));
    var go = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(
                  each ->
                      threads.submit(
                          () -> {
                            go.await();
                            try {
                              return narrow.matches(GOOD, Optional.empty()) ? "in" : "no";
                            } catch (Refusal busy) {
                              assertThat(busy.retryAfter()).isPresent();
                              return busy.code().wire();
                            }
                          }))
              .toList();
      go.countDown();
      var told = new java.util.ArrayList<String>();
      for (var each : all) {
        told.add(each.get());
      }
      assertThat(told).contains("no", "too_many_requests");
    }
  }
}
