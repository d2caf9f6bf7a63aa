package io.aragora;

import io.aragora.audit.AuditTree;
import io.aragora.cli.admin.LocalDatabase;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.merkle.Checkpoint;
import io.aragora.platform.merkle.LogHead;
import io.aragora.system.node.Joining;
import io.aragora.transparency.LogSettings;
import io.aragora.transparency.LogStatus;
import io.aragora.transparency.TransparencyLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Goes on with both logs of a database that lacks the newest of what was signed. */
final class LocalLogs {
  private static final Pattern SUCCESSOR = Pattern.compile("(.*/)([0-9]+)");

  private final Settings settings;
  private final InstantSource clock;

  LocalLogs(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Tells what was accepted, a sentence for each log that had lost something. */
  List<String> reopen() {
    Path data = settings.storage().dataDir();
    if (KeyRing.isEmptyAt(data.resolve("keys"))) {
      throw new KeyFault(data.resolve("keys") + " holds no keys: bring the appliance's own back");
    }
    KeyRing keys = KeyRing.open(data.resolve("keys"), clock, new SecureRandom());
    try (var database = Database.openForCommand(settings.database().app(), 2)) {
      Joining.await(database, LocalDatabase.PATIENCE);
      var accepted = new ArrayList<String>();
      reopenLog(database, keys, data).ifPresent(accepted::add);
      reopenAudit(database, keys, data).ifPresent(accepted::add);
      return accepted;
    }
  }

  private Optional<String> reopenLog(Database database, KeyRing keys, Path data) {
    var place = LogSettings.in(data, keys.publicKeys().logName());
    try (var log = new TransparencyLog(database, keys, place, clock, new SecureRandom())) {
      Optional<String> kept = new LogHead(place.headFile()).read().flatMap(LocalLogs::originOf);
      log.open();
      LogStatus closed = log.status();
      if (closed.isOpen()) {
        return Optional.empty();
      }
      String next = successor(keys.publicKeys().logName(), Stream.of(closed.origin()), kept);
      log.reopen(next);
      return Optional.of("the log goes on as %s: %s".formatted(next, closed.closedBecause()));
    }
  }

  /** The next number behind the name that no life of this log had, as far as anybody here knows. */
  static String successor(String name, Stream<String> used, Optional<String> kept) {
    long last =
        Stream.concat(used, kept.stream())
            .map(SUCCESSOR::matcher)
            .filter(each -> each.matches() && each.group(1).equals(name + "/"))
            .mapToLong(each -> Long.parseLong(each.group(2)))
            .max()
            .orElse(1);
    return name + "/" + (last + 1);
  }

  private Optional<String> reopenAudit(Database database, KeyRing keys, Path data) {
    var place = AuditTree.Place.in(data, keys.publicKeys().logName());
    try (var tree = new AuditTree(database, keys, place)) {
      tree.publish();
      Optional<String> broken = tree.fault();
      if (broken.isEmpty()) {
        return Optional.empty();
      }
      Path aside = moveAside(place.headFile());
      tree.publish();
      if (tree.fault().isPresent()) {
        throw new KeyFault("the audit log is broken beyond its last head: " + tree.fault().get());
      }
      return Optional.of("the audit log goes on, %s is kept: %s".formatted(aside, broken.get()));
    }
  }

  private Path moveAside(Path head) {
    Path aside = head.resolveSibling("audit-head.lost-" + clock.instant().getEpochSecond());
    try {
      return Files.move(head, aside);
    } catch (IOException bad) {
      throw new UncheckedIOException("cannot move " + head + " aside", bad);
    }
  }

  private static Optional<String> originOf(byte[] note) {
    try {
      return Optional.of(Checkpoint.unverified(note).origin());
    } catch (VerificationFault damaged) {
      return Optional.empty();
    }
  }
}
