package io.aragora.drill.rig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a node is started. {@code wrapper} stands before {@code java}, such as {@code ip netns exec
 * X}; it must exec, so that the process id is the node's.
 */
public record NodeOptions(
    List<String> jvmFlags,
    Map<String, String> environment,
    List<String> wrapper,
    Duration clockOffset,
    Optional<Path> dataDir) {
  public NodeOptions {
    jvmFlags = List.copyOf(jvmFlags);
    environment = Map.copyOf(environment);
    wrapper = List.copyOf(wrapper);
  }

  public static NodeOptions usual() {
    return new NodeOptions(List.of(), Map.of(), List.of(), Duration.ZERO, Optional.empty());
  }

  /** One more JVM flag, such as {@code -Xmx64m}; the last of a kind counts. */
  public NodeOptions flag(String flag) {
    var all = new ArrayList<>(jvmFlags);
    all.add(flag);
    return new NodeOptions(all, environment, wrapper, clockOffset, dataDir);
  }

  public NodeOptions setting(String name, String value) {
    var all = new HashMap<>(environment);
    all.put(name, value);
    return new NodeOptions(jvmFlags, all, wrapper, clockOffset, dataDir);
  }

  public NodeOptions behind(String... command) {
    return new NodeOptions(jvmFlags, environment, List.of(command), clockOffset, dataDir);
  }

  public NodeOptions withClockOffBy(Duration offset) {
    return new NodeOptions(jvmFlags, environment, wrapper, offset, dataDir);
  }

  /** Its data folder; otherwise it gets a new one. The rig's signing keys are copied into it. */
  public NodeOptions in(Path folder) {
    return new NodeOptions(jvmFlags, environment, wrapper, clockOffset, Optional.of(folder));
  }
}
