package io.aragora.platform.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where the addresses of a name come from: the system's resolver, or a test's own answers. */
@FunctionalInterface
interface NameSource {
  NameSource SYSTEM = (host, system) -> system.all(host);

  List<InetAddress> all(String host, Lookup system) throws UnknownHostException;

  /** The system's own lookup of a name. */
  @FunctionalInterface
  interface Lookup {
    List<InetAddress> all(String host) throws UnknownHostException;
  }
}
