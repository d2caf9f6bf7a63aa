package io.aragora.drill.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The heap of another JVM. */
final class Heap {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private Heap() {}

  /** Bytes in use after a full collection. */
  static long afterCollection(long pid) throws IOException, InterruptedException {
    String unused = jcmd(pid, "GC.run");
    // Young and old are told apart by some collectors, and metaspace comes last.
    String heap = jcmd(pid, "GC.heap_info").split("Metaspace")[0];
    return USED.matcher(heap)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)) * 1024)
        .sum();
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + command + ": " + told);
    }
    return told;
  }
}
