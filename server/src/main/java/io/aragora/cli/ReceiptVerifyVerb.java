package io.aragora.cli;

import io.aragora.platform.crypto.PublicKeys;
import io.aragora.platform.crypto.VerificationFault;
import io.aragora.receipt.verify.TrustedKeys;
import io.aragora.receipt.verify.Verification;
import io.aragora.receipt.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a receipt file offline. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks a receipt file: signature, key, content, votes counted again, log.")
final class ReceiptVerifyVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ServerLink link = new ServerLink();

  @Parameters(paramLabel = "FILE", description = "A bundle (receipt get), an envelope or a JWS")
  private Path file = Path.of("");

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "Keys you trust: decision-keys.json, a JWK set or a PEM public key;"
              + " else those of the server that --url or the data folder names")
  private @Nullable Path keys;

  @Option(names = "--json", description = "Prints the checks as one JSON object")
  private boolean json;

  ReceiptVerifyVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var verification = new Verifier(trusted()).verify(LocalFile.bytes(file));
    if (json) {
      terminal.sayJson(verification);
    } else {
      terminal.say(Words.plain(verification.text()));
      terminal.say(conclusion(verification.conclusion()));
    }
    return verification.conclusion().exitCode();
  }

  private PublicKeys trusted() {
    try {
      if (keys != null) {
        return TrustedKeys.read(LocalFile.bytes(keys));
      }
      var server = link.openPublic(terminal);
      return server.isPresent() ? published(server.get()) : new PublicKeys(List.of());
    } catch (VerificationFault bad) {
      throw CliFault.usage("the keys cannot be read: " + bad.getMessage());
    }
  }

  private PublicKeys published(Api server) {
    try (server) {
      return TrustedKeys.read(server.bytes("/.well-known/decision-keys.json"));
    } catch (CliFault unreachable) {
      terminal.note("no trusted keys: " + unreachable.getMessage());
      return new PublicKeys(List.of());
    }
  }

  private static String conclusion(Verification.Conclusion conclusion) {
    return switch (conclusion) {
      case VALID -> "valid and trusted";
      case INVALID -> "INVALID: do not rely on this receipt";
      case KEY_NOT_TRUSTED ->
          "valid, but nobody said to trust its key: give --keys FILE from the issuer";
      case NOT_IN_LOG -> "valid and trusted, but not shown to be in the log";
      case PARTS_MISSING -> "valid and trusted, but parts are missing";
    };
  }
}
