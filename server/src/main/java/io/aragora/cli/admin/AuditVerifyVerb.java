package io.aragora.cli.admin;

import io.aragora.audit.AuditTree;
import io.aragora.audit.desk.AuditDesk;
import io.aragora.audit.desk.AuditVerdict;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.platform.db.Database;
import io.aragora.platform.json.Json;
import io.aragora.platform.merkle.LogHead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks every entry of the audit log against the database alone; no server is asked. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Hashes every audit entry of the appliance again, adds up the log, holds it against every",
      "head ever signed, and names the first fault. Ends with 0 if all is well, with 1 if not."
    })
public final class AuditVerifyVerb implements Callable<Integer> {
  private static final int WELL = 0;
  private static final int BROKEN = 1;

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "The appliance's decision-keys.json; else the keys in the data folder")
  private @Nullable Path keys;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "A signed head you kept; else the one in the data folder")
  private @Nullable Path head;

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  public AuditVerifyVerb(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() {
    Settings settings = LocalDatabase.settings(environment);
    PublicKeys trusted = trusted(settings);
    Optional<byte[]> kept = kept(settings);
    if (kept.isEmpty()) {
      print(true, "note: no signed head is kept here, so newest entries could be missing unseen");
    }
    try (var database = Database.openForCommand(settings.database().app(), 1)) {
      AuditVerdict verdict = AuditDesk.verify(database, trusted, kept);
      print(false, json ? Json.text(verdict) : words(verdict));
      return verdict.ok() ? WELL : BROKEN;
    }
  }

  private PublicKeys trusted(Settings settings) {
    if (keys != null) {
      try {
        return PublicKeys.read(bytes(keys));
      } catch (VerificationFault bad) {
        throw usage("the keys cannot be read: " + bad.getMessage());
      }
    }
    Path folder = settings.storage().dataDir().resolve("keys");
    PublicKeys own = KeyRing.publicKeysAt(folder);
    if (own.statements().isEmpty()) {
      throw new KeyFault(folder + " holds no keys: name the appliance's with --keys FILE");
    }
    return own;
  }

  private Optional<byte[]> kept(Settings settings) {
    return head == null
        ? new LogHead(AuditTree.headIn(settings.storage().dataDir())).read()
        : Optional.of(bytes(head));
  }

  private byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException bad) {
      throw usage("cannot read " + file);
    }
  }

  private static String words(AuditVerdict verdict) {
    AuditVerdict.Broken broken = verdict.firstBroken();
    if (broken == null) {
      return "the audit log is whole: %d entries in their places".formatted(verdict.entries());
    }
    return "BROKEN: %s%n  entry %s, place %s%s; %d of %d entries were looked at"
        .formatted(
            broken.what(),
            broken.entryId() == null ? "not known" : broken.entryId(),
            broken.index() == null ? "not known" : broken.index(),
            broken.until() == null ? "" : " up to " + broken.until(),
            verdict.checked(),
            verdict.entries());
  }

  private void print(boolean aside, String line) {
    var command = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = aside ? command.getErr() : command.getOut();
    out.println(line);
    out.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
