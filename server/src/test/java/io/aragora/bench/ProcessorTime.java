package io.aragora.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Processor time used so far, which other work on the machine hardly changes. */
final class ProcessorTime {
  private ProcessorTime() {}

  /** Of this JVM: the server, and the clients and benches in it. */
  static double ownMillis() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  /** Of the living processes whose program lies in this folder: its PostgreSQL. */
  static double millisOfPrograms(Path folder) {
    return ProcessHandle.allProcesses()
            .map(ProcessHandle::info)
            .filter(
                info -> info.command().filter(at -> at.startsWith(folder.toString())).isPresent())
            .map(ProcessHandle.Info::totalCpuDuration)
            .flatMap(Optional::stream)
            .mapToLong(Duration::toNanos)
            .sum()
        / 1e6;
  }
}
