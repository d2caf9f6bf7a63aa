package io.aragora.drill.rig;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes this drill started. */
final class Signals {
  private Signals() {}

  static void send(String signal, long pid) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -%s %d ended with %d".formatted(signal, pid, code));
      }
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }
}
