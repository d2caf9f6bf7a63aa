package io.aragora.platform.egress;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/** Puts the guard under the JVM's name lookups; public because the JDK loads it by its name. */
public final class GuardedNames extends InetAddressResolverProvider {
  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new GuardedResolver(configuration.builtinResolver());
  }

  @Override
  public String name() {
    return "aragora-egress";
  }
}
