package io.aragora.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL processes that work on one data directory. Each has it as its working directory,
 * which the kernel tells; the process id in a left-over {@code postmaster.pid} may by now belong to
 * anybody.
 */
final class ServerProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final Duration GENTLY = Duration.ofSeconds(10);

  private ServerProcesses() {}

  /**
   * Stops what is left on the directory: first by asking, then by force, which PostgreSQL recovers
   * from. Only when nothing is left may the pid file go, or two servers could write to one
   * directory.
   */
  static void stopAll(Path data) {
    on(data).forEach(ProcessHandle::destroy);
    if (!areGone(data)) {
      on(data).forEach(ProcessHandle::destroyForcibly);
      if (!areGone(data)) {
        throw DatabaseFault.unavailable("PostgreSQL processes on %s do not stop".formatted(data));
      }
    }
    try {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException bad) {
      throw DatabaseFault.unavailable("cannot remove the pid file in %s".formatted(data));
    }
  }

  static List<ProcessHandle> on(Path data) {
    return ProcessHandle.allProcesses().filter(each -> worksOn(each.pid(), data)).toList();
  }

  private static boolean worksOn(long pid, Path data) {
    var process = PROC.resolve(Long.toString(pid));
    try {
      return Files.readString(process.resolve("comm")).strip().equals("postgres")
          && Files.readSymbolicLink(process.resolve("cwd")).equals(data);
    } catch (IOException goneOrForeign) {
      return false;
    }
  }

  private static boolean areGone(Path data) {
    var ends = on(data).stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(GENTLY.toSeconds(), TimeUnit.SECONDS);
      return on(data).isEmpty();
    } catch (TimeoutException | ExecutionException late) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
