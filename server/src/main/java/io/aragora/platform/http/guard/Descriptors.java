package io.aragora.platform.http.guard;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

/**
 * How many connections this process has files for. A server that meets the limit while it accepts
 * stops listening for good, so it must never come that far.
 */
public final class Descriptors {
  private static final System.Logger LOG = System.getLogger("aragora.http");
  // Connections to the database and to models, and the management socket, need files too.
  private static final int SHARES = 3;
  private static final int LEAST = 8;

  private Descriptors() {}

  /** So many connections as were wanted, or as the limit on open files leaves room for. */
  public static int connections(int wanted) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return wanted;
    }
    long limit = unix.getMaxFileDescriptorCount();
    int room = room(limit - unix.getOpenFileDescriptorCount());
    if (room >= wanted) {
      return wanted;
    }
    LOG.log(
        Level.WARNING,
        "this process may open {0,number,#} files: it takes {1,number,#} connections at a time,"
            + " not {2,number,#}; raise the limit (ulimit -n, LimitNOFILE) or lower"
            + " ARAGORA_MAX_CONNECTIONS",
        limit,
        room,
        wanted);
    return room;
  }

  static int room(long free) {
    return (int) Math.clamp(free / SHARES, LEAST, Integer.MAX_VALUE);
  }
}
