package io.aragora.cli.admin;

import io.aragora.audit.desk.AuditDesk;
import io.aragora.audit.desk.AuditVerdict;
import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.config.Settings;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.crypto.KeyRing;
import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.db.Database;
import io.aragora.platform.json.Json;
import io.aragora.receipt.Receipts;
import io.aragora.system.node.Joining;
import io.aragora.transparency.LogVerdict;
import io.aragora.transparency.TransparencyLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Checks everything that is signed in a database, such as a restored copy; no server is asked. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies every receipt of the workspaces named, adds up the log and the audit log, and holds",
      "both against every head signed over them, with the public keys in the data folder.",
      "Ends with 0 if all is well, with 1 if not."
    })
public final class LogVerifyVerb implements Callable<Integer> {
  private final Map<String, String> environment;
  private final InputStream in;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--workspaces",
      required = true,
      paramLabel = "FILE",
      description = "The ids of the workspaces that have receipts, one a line; - is standard input")
  private Path workspaces = Path.of("-");

  @Option(names = "--json", description = "Prints one JSON object")
  private boolean json;

  /** What all checks came to. */
  public record Verdict(
      boolean ok, int workspaces, Receipts.Checked receipts, LogVerdict log, AuditVerdict audit) {
    static Verdict of(
        int workspaces, Receipts.Checked receipts, LogVerdict log, AuditVerdict audit) {
      // A receipt may wait for its head only where the log has leaves that do: else its leaf is
      // gone.
      boolean inLog = receipts.waiting() <= log.waiting();
      return new Verdict(
          receipts.ok() && log.ok() && audit.ok() && inLog, workspaces, receipts, log, audit);
    }
  }

  public LogVerifyVerb(Map<String, String> environment, InputStream in) {
    this.environment = Map.copyOf(environment);
    this.in = in;
  }

  @Override
  public Integer call() {
    List<WorkspaceId> named = named();
    Settings settings = LocalDatabase.settings(environment);
    PublicKeys keys = keys(settings.storage().dataDir().resolve("keys"));
    try (var database = Database.openForCommand(settings.database().app(), 1)) {
      Joining.await(database, LocalDatabase.PATIENCE);
      // A copy is older than the last head kept here, so that one is not held against it.
      Verdict verdict =
          Verdict.of(
              named.size(),
              Receipts.verifyAll(database, keys, named),
              TransparencyLog.verify(database, keys),
              AuditDesk.verify(database, keys, Optional.empty()));
      say(json ? Json.text(verdict) : words(verdict));
      return verdict.ok() ? 0 : 1;
    }
  }

  private List<WorkspaceId> named() {
    try (InputStream list =
        workspaces.equals(Path.of("-")) ? in : Files.newInputStream(workspaces)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .map(WorkspaceId::of)
          .toList();
    } catch (IOException bad) {
      throw usage("cannot read " + workspaces);
    } catch (IllegalArgumentException bad) {
      throw usage("not an id of a workspace in " + workspaces + ": " + bad.getMessage());
    }
  }

  private static PublicKeys keys(Path folder) {
    PublicKeys own = KeyRing.publicKeysAt(folder);
    if (own.statements().isEmpty()) {
      throw new KeyFault(folder + " holds no keys: mount the appliance's data folder");
    }
    return own;
  }

  private static String words(Verdict verdict) {
    return """
        receipts   %s: %d of %d workspaces, %d with erased words, %d not under a signed head yet
        log        %s: %d leaves held against %d heads
        audit log  %s: %d entries"""
        .formatted(
            state(verdict.receipts().ok(), verdict.receipts().firstBroken()),
            verdict.receipts().receipts(),
            verdict.workspaces(),
            verdict.receipts().erased(),
            verdict.receipts().waiting(),
            state(verdict.log().ok(), verdict.log().firstBroken()),
            verdict.log().leaves(),
            verdict.log().heads(),
            state(verdict.audit().ok(), verdict.audit().firstBroken()),
            verdict.audit().entries());
  }

  private static String state(boolean ok, @Nullable Object broken) {
    return ok ? "whole" : "BROKEN (" + broken + ")";
  }

  private void say(String line) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private ParameterException usage(String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
