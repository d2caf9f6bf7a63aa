package io.aragora.workspace;

import io.aragora.kernel.WorkspaceId;
import io.aragora.platform.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** An export on its way out: a JSON object a line, the last one saying that it is whole. */
final class ExportStream {
  private final List<WorkspaceExport> parts;
  private final WorkspaceId workspace;

  ExportStream(List<WorkspaceExport> parts, WorkspaceId workspace) {
    this.parts = List.copyOf(parts);
    this.workspace = workspace;
  }

  /** One line: what it is, and the thing itself. */
  record Line(String kind, Object value) {}

  void writeTo(OutputStream out) throws IOException {
    long[] lines = {0};
    for (WorkspaceExport part : parts) {
      part.write(
          workspace,
          value -> {
            write(out, new Line(part.name(), value));
            lines[0]++;
          });
      out.flush();
    }
    write(out, new Line("end", Map.of("lines", lines[0])));
    out.flush();
  }

  private static void write(OutputStream out, Line line) {
    try {
      out.write(Json.bytes(line));
      out.write('\n');
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
