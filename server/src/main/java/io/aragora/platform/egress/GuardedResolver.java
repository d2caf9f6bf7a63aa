package io.aragora.platform.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The resolver under every name lookup of this JVM; it judges the lookups made for Egress and
 * leaves all others (the database's, the server's own) as they are.
 *
 * <p>Why here: checking a name first and letting the HTTP client look it up again is what DNS
 * rebinding lives on, and connecting java.net.http to an address instead of a name loses SNI and
 * the certificate's host name. So the judgement sits inside the one lookup the connection is made
 * from: the client's work runs on threads that carry a NameSource, and there a name with any
 * refused address resolves to one nothing can be connected to. The JDK's cache of lookups lies
 * above this class and so holds judged answers only.
 */
final class GuardedResolver implements InetAddressResolver {
  private static final ScopedValue<NameSource> SOURCE = ScopedValue.newInstance();

  /** The broadcast address: the kernel refuses a TCP connection to it at once. */
  private static final byte[] NOWHERE = {-1, -1, -1, -1};

  private final InetAddressResolver system;

  GuardedResolver(InetAddressResolver system) {
    this.system = system;
  }

  /** Runs each task on its own virtual thread, on which every lookup is judged. */
  static Executor guarded(NameSource source) {
    return task -> Thread.ofVirtual().start(() -> ScopedValue.where(SOURCE, source).run(task));
  }

  static List<InetAddress> judged(NameSource source, String host) throws UnknownHostException {
    try {
      Callable<InetAddress[]> lookup = () -> InetAddress.getAllByName(host);
      return List.of(ScopedValue.where(SOURCE, source).call(lookup::call));
    } catch (UnknownHostException unknown) {
      throw unknown;
    } catch (Exception bug) {
      throw new IllegalStateException("lookup of " + host, bug);
    }
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    NameSource.Lookup lookup = name -> system.lookupByName(name, policy).toList();
    if (SOURCE.isBound()) {
      List<InetAddress> answers = SOURCE.get().all(host, lookup);
      boolean refused = answers.stream().anyMatch(AddressGuard::refuses);
      return refused ? Stream.of(InetAddress.getByAddress(host, NOWHERE)) : answers.stream();
    }
    if (Thread.currentThread().getName().endsWith("-SelectorManager")) {
      // Not a thread of ours, but the HTTP client's: fail rather than look up without judging.
      throw new UnknownHostException(host + ": not looked up outside the guard");
    }
    return lookup.all(host).stream();
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    return system.lookupByAddress(address);
  }
}
