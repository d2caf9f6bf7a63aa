package io.aragora.platform.http.server;

import io.aragora.platform.json.Json;
import java.lang.System.Logger.Level;

/** Writes one line a request; the log's JSON form shows its fields as its own. */
final class RequestLog {
  private static final System.Logger LOG = System.getLogger("aragora.request");

  private RequestLog() {}

  static void write(String method, Trace trace, int status, long bytes) {
    if (!LOG.isLoggable(Level.INFO)) {
      return;
    }
    var line = Json.object();
    line.put("method", method);
    line.put("route", trace.route());
    line.put("status", status);
    line.put("ms", trace.nanos() / 1_000_000);
    line.put("bytes", bytes);
    line.put("workspace", trace.workspace());
    line.put("address", trace.sender().address());
    LOG.log(Level.INFO, Json.text(line));
  }
}
