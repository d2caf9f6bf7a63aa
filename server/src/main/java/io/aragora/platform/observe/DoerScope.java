package io.aragora.platform.observe;

import io.aragora.kernel.Doer;
import java.util.function.Supplier;

/** Who the work of this thread is done for; outside of a request it is the appliance itself. */
public final class DoerScope {
  private static final ScopedValue<Doer> DOER = ScopedValue.newInstance();

  private DoerScope() {}

  /** Does work on behalf of {@code doer}. */
  public static <T> T call(Doer doer, Supplier<T> work) {
    return ScopedValue.where(DOER, doer).call(work::get);
  }

  public static Doer current() {
    return DOER.isBound() ? DOER.get() : Doer.APPLIANCE;
  }
}
