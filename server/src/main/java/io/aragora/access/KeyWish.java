package io.aragora.access;

import io.aragora.kernel.Names;
import io.aragora.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a new key; without an end it lasts ninety days. */
public record KeyWish(String name, List<String> scopes, @Nullable Instant expiresAt) {
  public KeyWish {
    scopes = List.copyOf(scopes);
    name = Names.require(name, Names.LONGEST);
    if (scopes.isEmpty() || scopes.size() > Permission.values().length) {
      throw Refusal.invalid("/scopes", "size", "name at least one permission, each once");
    }
    for (int at = 0; at < scopes.size(); at++) {
      if (Permission.ofWire(scopes.get(at)).isEmpty()) {
        throw Refusal.invalid("/scopes/" + at, "unknown", "there is no such permission");
      }
    }
  }

  Set<Permission> permissions() {
    return scopes.stream()
        .map(wire -> Permission.ofWire(wire).orElseThrow())
        .collect(Collectors.toUnmodifiableSet());
  }
}
