package io.aragora.platform.observe;

import io.aragora.platform.db.Database;
import io.aragora.platform.db.DatabaseAddress;
import io.aragora.platform.db.DatabaseTls;
import io.aragora.platform.db.Doorbell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the platform itself can be watched by: readiness, disk, pool and doorbell. */
public final class Watching {
  private Watching() {}

  /** Which build this is, and whether it is ready, check by check. */
  public static Watched readiness(Health health, String version, String schema) {
    return meters -> {
      HealthReport report = health.ready();
      meters.show(Meter.BUILD, 1, version, schema);
      meters.show(Meter.READY, report.isUp() ? 1 : 0);
      report
          .checks()
          .forEach(
              line ->
                  meters.show(
                      Meter.CHECK, line.status() == HealthReport.State.UP ? 1 : 0, line.name()));
    };
  }

  public static Watched disk(Path folder) {
    return meters -> {
      try {
        FileStore disk = Files.getFileStore(folder);
        meters.show(Meter.DISK_FREE, disk.getUsableSpace());
        meters.show(Meter.DISK_SIZE, disk.getTotalSpace());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    };
  }

  /** The certificates by which the line to the database is private; none where it is not. */
  public static List<Watched> certificates(DatabaseAddress address) {
    @Nullable DatabaseTls tls = address.tls();
    return tls == null
        ? List.of()
        : tls.certificates().stream().<Watched>map(CertificateWatch::new).toList();
  }

  public static Watched pool(Database database) {
    return meters -> {
      Database.Pool pool = database.pool();
      meters.show(Meter.POOL, pool.active(), "active");
      meters.show(Meter.POOL, pool.idle(), "idle");
      meters.show(Meter.POOL, pool.waiting(), "waiting");
      meters.show(Meter.POOL_MOST, pool.most());
    };
  }

  /** Rings for itself and waits: what other nodes ring takes as long. */
  public static Watched doorbell(Database database, Doorbell doorbell) {
    String subject = "watch-" + UUID.randomUUID();
    return meters -> {
      meters.show(Meter.DOORBELL_UP, doorbell.isConnected() ? 1 : 0);
      try (var ticket = doorbell.listen(subject)) {
        database.inSystemTransaction(
            tx -> {
              Doorbell.ring(tx, subject);
              return true;
            });
        long rung = System.nanoTime();
        boolean unused = ticket.await(Doorbell.SLOW_POLL);
        meters.show(Meter.DOORBELL_LAG, seconds(Duration.ofNanos(System.nanoTime() - rung)));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
