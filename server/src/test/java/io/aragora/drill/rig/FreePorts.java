package io.aragora.drill.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports nobody listens on now, for what must come back under the address it had. */
public final class FreePorts {
  private FreePorts() {}

  public static List<Integer> take(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int at = 0; at < count; at++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket each : sockets) {
        each.close();
      }
    }
  }
}
