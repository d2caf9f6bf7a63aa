package io.aragora.drill;

import io.aragora.drill.environment.ClockDrill;
import io.aragora.drill.environment.DescriptorsDrill;
import io.aragora.drill.environment.DiskDrill;
import io.aragora.drill.environment.DoubleDrill;
import io.aragora.drill.environment.FuzzDrill;
import io.aragora.drill.environment.HeapDrill;
import io.aragora.drill.environment.MisbehaveDrill;
import io.aragora.drill.environment.NetworkDrill;
import io.aragora.drill.environment.SlowDrill;
import io.aragora.drill.soak.SoakDrill;
import java.util.List;
import java.util.Optional;

/** Every drill there is; a new one is one line here. */
public final class Drills {
  private static final List<Drill> ALL =
      List.of(
          new KillDrill(),
          new MisbehaveDrill(),
          new DoubleDrill(),
          new SlowDrill(),
          new ClockDrill(),
          new NetworkDrill(),
          new DiskDrill(),
          new DescriptorsDrill(),
          new HeapDrill(),
          new FuzzDrill(),
          new PostgresDrill(),
          new PauseDrill(),
          new PartitionDrill(),
          new NodesDrill(),
          new RollingDrill(),
          new SoakDrill());

  private Drills() {}

  public static List<Drill> all() {
    return ALL;
  }

  static Optional<Drill> named(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
