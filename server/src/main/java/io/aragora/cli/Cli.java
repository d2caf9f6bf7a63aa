package io.aragora.cli;

import io.aragora.cli.admin.AccountDesk;
import io.aragora.cli.admin.AccountVerb;
import io.aragora.cli.admin.AuditVerb;
import io.aragora.cli.admin.AuditVerifyVerb;
import io.aragora.cli.admin.BudgetVerb;
import io.aragora.cli.admin.FirstAdminVerb;
import io.aragora.cli.admin.KeyRotateVerb;
import io.aragora.cli.admin.KeyVerb;
import io.aragora.cli.admin.LogReopenVerb;
import io.aragora.cli.admin.LogVerb;
import io.aragora.cli.admin.LogVerifyVerb;
import io.aragora.cli.admin.TreeDesk;
import io.aragora.cli.admin.UserListVerb;
import io.aragora.cli.admin.UserVerb;
import io.aragora.cli.admin.WorkspaceDesk;
import io.aragora.cli.admin.WorkspaceEraseVerb;
import io.aragora.cli.admin.WorkspaceMakeVerb;
import io.aragora.cli.admin.WorkspaceVerb;
import io.aragora.cli.setup.CertificatesVerb;
import io.aragora.cli.setup.ConfigCheckVerb;
import io.aragora.cli.setup.ConfigExampleVerb;
import io.aragora.cli.setup.ConfigSetVerb;
import io.aragora.cli.setup.ConfigShowVerb;
import io.aragora.cli.setup.ConfigVerb;
import io.aragora.cli.setup.InitSecretsVerb;
import io.aragora.cli.setup.KeysVerb;
import io.aragora.kernel.Refusal;
import io.aragora.platform.config.Settings;
import io.aragora.platform.config.SettingsFault;
import io.aragora.platform.crypto.KeyFault;
import io.aragora.platform.db.DatabaseFault;
import io.aragora.platform.egress.EgressFault;
import io.aragora.platform.secret.SecretFault;
import io.aragora.system.node.NodeFault;
import io.aragora.system.setup.SetupFault;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one verb, one exit code, errors that say what to do. */
public final class Cli {
  private final Terminal terminal;

  public Cli(Serving serving, Map<String, String> environment, PrintStream out, PrintStream err) {
    this.terminal = new Terminal(serving, environment, out, err);
  }

  /** Runs one command and returns its exit code; never throws. */
  public int run(String... words) {
    return commands().execute(words);
  }

  private CommandLine commands() {
    var root =
        new CommandLine(new Root())
            .addSubcommand(new ServeVerb(terminal))
            .addSubcommand(new MigrateVerb(terminal))
            .addSubcommand(new InitVerb(terminal))
            .addSubcommand(new DebateVerb(terminal))
            .addSubcommand(new WatchVerb(terminal))
            .addSubcommand(
                new CommandLine(new ReceiptVerb())
                    .addSubcommand(new ReceiptGetVerb(terminal))
                    .addSubcommand(new ReceiptExportVerb(terminal))
                    .addSubcommand(new ReceiptVerifyVerb(terminal)))
            .addSubcommand(
                new CommandLine(new KeyVerb())
                    .addSubcommand(
                        new KeyRotateVerb(terminal.environment(), terminal.serving()::rotateKeys)))
            .addSubcommand(users())
            .addSubcommand(workspaceCommands())
            .addSubcommand(new BudgetVerb(terminal.environment(), this::trees))
            .addSubcommand(
                new CommandLine(new AuditVerb())
                    .addSubcommand(new AuditVerifyVerb(terminal.environment())))
            .addSubcommand(
                new CommandLine(new LogVerb())
                    .addSubcommand(new LogVerifyVerb(terminal.environment(), System.in))
                    .addSubcommand(
                        new LogReopenVerb(terminal.environment(), terminal.serving()::reopenLogs)))
            .addSubcommand(secretCommands())
            .addSubcommand(configCommands())
            .addSubcommand(new DoctorVerb(terminal))
            .addSubcommand(new VersionVerb(terminal));
    root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    root.setExecutionExceptionHandler((bad, command, words) -> explain(bad));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    return root;
  }

  private CommandLine users() {
    var users =
        new CommandLine(new UserVerb())
            .addSubcommand(new UserListVerb(terminal.environment(), this::accounts))
            .addSubcommand(
                new FirstAdminVerb(
                    terminal.environment(),
                    terminal.out(),
                    terminal.err(),
                    terminal.serving()::firstLink));
    AccountVerb.addTo(users, terminal.environment(), this::accounts);
    return users;
  }

  private CommandLine secretCommands() {
    return new CommandLine(new InitSecretsVerb())
        .addSubcommand(new KeysVerb(terminal.err()))
        .addSubcommand(new CertificatesVerb(terminal.err(), terminal.serving().clock()));
  }

  private CommandLine configCommands() {
    return new CommandLine(new ConfigVerb())
        .addSubcommand(new ConfigCheckVerb(System.in, terminal.out()))
        .addSubcommand(new ConfigShowVerb(System.in, terminal.out()))
        .addSubcommand(new ConfigSetVerb(System.in, terminal.out()))
        .addSubcommand(new ConfigExampleVerb(terminal.out()));
  }

  private CommandLine workspaceCommands() {
    return new CommandLine(new WorkspaceVerb())
        .addSubcommand(new WorkspaceMakeVerb(terminal.environment(), this::workspaces))
        .addSubcommand(new WorkspaceEraseVerb(terminal.environment(), this::workspaces));
  }

  private AccountDesk accounts(Settings settings) {
    return terminal.serving().accounts(settings);
  }

  private WorkspaceDesk workspaces(Settings settings) {
    return terminal.serving().workspaces(settings);
  }

  private TreeDesk trees(Settings settings) {
    return terminal.serving().trees(settings);
  }

  private int explain(Exception bad) {
    return switch (bad) {
      case CliFault fault -> fail(fault.exitCode(), fault.getMessage());
      case SettingsFault fault -> {
        fault.faults().forEach(each -> terminal.note("error: " + each));
        terminal.note("docs/reference/settings.md lists every setting");
        yield ExitCode.NOT_STARTED;
      }
      case Refusal refusal -> fail(ExitCode.REFUSED, refusal.detail());
      case NodeFault fault -> fail(ExitCode.NOT_STARTED, fault.getMessage());
      case KeyFault fault -> fail(ExitCode.NOT_STARTED, fault.getMessage());
      case SecretFault fault -> fail(ExitCode.NOT_STARTED, fault.getMessage());
      case SetupFault fault -> fail(ExitCode.NOT_STARTED, fault.getMessage());
      case DatabaseFault fault -> fail(ExitCode.NOT_STARTED, "database: " + fault.getMessage());
      case EgressFault fault -> fail(ExitCode.UNREACHABLE, fault.getMessage());
      default -> {
        bad.printStackTrace(terminal.err());
        yield fail(ExitCode.INTERNAL, "a mistake in this program: " + bad);
      }
    };
  }

  private int fail(int exitCode, @org.jspecify.annotations.Nullable String message) {
    terminal.note("error: " + message);
    return exitCode;
  }

  /** The bare command, which only shows what there is. */
  @Command(
      name = "aragora",
      description = "Puts a question to a panel of models and keeps the signed record.",
      synopsisSubcommandLabel = "VERB",
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:done; of a debate: decided; of a receipt: valid and trusted",
        "1:no: a debate without a decision, an invalid receipt or audit log, a doctor's finding",
        "2:the command is not understood",
        "3:receipt verify: valid, but the key is not trusted",
        "4:receipt verify: valid, but not shown to be in the log",
        "5:receipt verify: valid, but parts are missing",
        "6:the server refused; what it said is printed",
        "7:the server cannot be reached",
        "8:the server cannot start: settings, database or keys",
        "70:a mistake in this program"
      })
  static final class Root {}
}
