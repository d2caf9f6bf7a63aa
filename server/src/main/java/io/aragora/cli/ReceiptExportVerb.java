package io.aragora.cli;

import io.aragora.receipt.ReceiptFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a receipt in one of its forms. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a receipt in one of its forms.")
final class ReceiptExportVerb implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ServerLink link = new ServerLink();

  @Parameters(paramLabel = "ID", description = "The receipt")
  private String id = "";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "json (DSSE envelope), jws, odr (Open Decision Receipt) or md")
  private ReceiptFormat format = ReceiptFormat.JSON;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Else it is printed")
  private @Nullable Path output;

  @Option(names = "--json", description = "Tells about the file written as one JSON object")
  private boolean json;

  ReceiptExportVerb(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (var api = link.open(terminal)) {
      var path = "/api/v1/receipts/%s/export?format=%s".formatted(Words.uuid(id), format.wire());
      byte[] file = api.bytes(path);
      if (output == null) {
        terminal.say(new String(file, StandardCharsets.UTF_8));
        return ExitCode.DONE;
      }
      LocalFile.write(output, file);
      if (json) {
        terminal.sayJson(
            Map.of(
                "file", output.toString(), "bytes", file.length, "media_type", format.mediaType()));
      }
      return ExitCode.DONE;
    }
  }
}
