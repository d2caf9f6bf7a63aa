package io.aragora.drill.rig;

import io.aragora.drill.MachineCannot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace with two cables to this machine: one to the database, one to all else. The
 * first can be cut so that packets vanish without a word, as on a broken network.
 */
public final class Island implements AutoCloseable {
  private static final String DATABASE_HERE = "10.201.1.1";
  private static final String DATABASE_THERE = "10.201.1.2";
  private static final String REST_HERE = "10.201.2.1";
  private static final String REST_THERE = "10.201.2.2";

  private final String name;

  private Island(String name) {
    this.name = name;
  }

  /** Needs root and {@code ip} of iproute2. */
  public static Island make() {
    var island = new Island("drill" + ProcessHandle.current().pid() % 100_000);
    try {
      run("ip", "netns", "add", island.name);
      island.cable("d", DATABASE_HERE, DATABASE_THERE);
      island.cable("r", REST_HERE, REST_THERE);
      island.inside("ip", "link", "set", "lo", "up");
      // Where the cable is cut nothing may leave this machine by another way.
      run("ip", "route", "add", "blackhole", "10.201.1.0/24", "metric", "9999");
      return island;
    } catch (IllegalStateException refused) {
      island.close();
      throw new MachineCannot(
          "network namespaces need root and the package iproute2: " + refused.getMessage());
    }
  }

  /** The database's address as the island sees it. */
  public String databaseAddress() {
    return DATABASE_HERE;
  }

  /** This machine's address on the other cable. */
  public String here() {
    return REST_HERE;
  }

  /** The island's address on the other cable. */
  public String there() {
    return REST_THERE;
  }

  /** What stands before a command that runs on the island. */
  public String[] prefix() {
    return new String[] {"ip", "netns", "exec", name};
  }

  /** Cuts the cable to the database: no answer, no reset, no error. */
  public void cut() {
    run("ip", "link", "set", end("d"), "down");
  }

  public void mend() {
    run("ip", "link", "set", end("d"), "up");
  }

  @Override
  public void close() {
    // Cables end with the namespace they lead to.
    for (List<String> command :
        List.of(
            List.of("ip", "netns", "del", name),
            List.of("ip", "route", "del", "blackhole", "10.201.1.0/24", "metric", "9999"))) {
      try {
        run(command.toArray(String[]::new));
      } catch (IllegalStateException neverMade) {
        System.err.println(neverMade.getMessage());
      }
    }
  }

  private void cable(String kind, String here, String there) {
    run("ip", "link", "add", end(kind), "type", "veth", "peer", "name", far(kind), "netns", name);
    run("ip", "addr", "add", here + "/24", "dev", end(kind));
    run("ip", "link", "set", end(kind), "up");
    inside("ip", "addr", "add", there + "/24", "dev", far(kind));
    inside("ip", "link", "set", far(kind), "up");
    // With fixed neighbours a cut cable swallows packets; without, the kernel would report it.
    String mac = output(List.of("cat", "/sys/class/net/%s/address".formatted(end(kind))));
    inside("ip", "neigh", "replace", here, "lladdr", mac, "nud", "permanent", "dev", far(kind));
  }

  private String end(String kind) {
    return name + kind;
  }

  private String far(String kind) {
    return "is" + kind;
  }

  private void inside(String... command) {
    var all = new java.util.ArrayList<>(List.of(prefix()));
    all.addAll(List.of(command));
    output(all);
  }

  private static void run(String... command) {
    output(List.of(command));
  }

  private static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (IOException missing) {
      throw new IllegalStateException(String.join(" ", command) + ": " + missing.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }
}
