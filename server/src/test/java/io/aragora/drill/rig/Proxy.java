package io.aragora.drill.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What stands before the nodes and sends requests to those that say they are ready. */
public interface Proxy extends AutoCloseable {
  /** HAProxy where this machine has it, else one of our own. */
  static Proxy before(List<Integer> ports, Path home) throws IOException {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
    for (String folder : Stream.of(path.split(":")).filter(each -> !each.isEmpty()).toList()) {
      Path haproxy = Path.of(folder, "haproxy");
      if (Files.isExecutable(haproxy)) {
        return Haproxy.start(haproxy, ports, home);
      }
    }
    return new Balancer(ports);
  }

  String name();

  URI url();

  @Override
  void close();
}
