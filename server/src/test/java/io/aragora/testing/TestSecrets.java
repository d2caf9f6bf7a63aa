package io.aragora.testing;

import io.aragora.platform.secret.SecretBox;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The secret box of each test database: a second one with other key files would be refused. */
public final class TestSecrets {
  private static final Map<TestDatabase, SecretBox> BOXES = new ConcurrentHashMap<>();

  private TestSecrets() {}

  public static SecretBox of(TestDatabase test) {
    return BOXES.computeIfAbsent(
        test,
        fresh ->
            SecretBox.open(
                fresh.database(),
                TestAppliance.newFolder().resolve("keys"),
                InstantSource.system(),
                new SecureRandom()));
  }
}
