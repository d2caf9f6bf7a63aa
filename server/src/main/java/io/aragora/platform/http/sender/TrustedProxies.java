package io.aragora.platform.http.sender;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The proxies whose word on where a request comes from is taken; nobody else's is. */
public final class TrustedProxies {
  /** Whoever connects is who sends. */
  public static final TrustedProxies NONE = of(List.of());

  private final List<Block> blocks = new ArrayList<>();
  private final List<LookedUp> names = new ArrayList<>();

  private TrustedProxies(List<String> written, LookedUp.Resolver resolver, LongSupplier nanos) {
    for (String each : written) {
      Block.of(each)
          .ifPresentOrElse(blocks::add, () -> names.add(new LookedUp(each, resolver, nanos)));
    }
  }

  /** Addresses, blocks of addresses and host names. */
  public static TrustedProxies of(List<String> written) {
    return of(written, TrustedProxies::resolve, System::nanoTime);
  }

  static TrustedProxies of(List<String> written, LookedUp.Resolver resolver, LongSupplier nanos) {
    return new TrustedProxies(written, resolver, nanos);
  }

  boolean contain(InetAddress address) {
    return blocks.stream().anyMatch(each -> each.contains(address))
        || names.stream().anyMatch(each -> each.contains(address));
  }

  private static List<InetAddress> resolve(String name) {
    try {
      return List.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException unknown) {
      return List.of();
    }
  }
}
