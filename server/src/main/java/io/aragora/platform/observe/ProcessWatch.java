package io.aragora.platform.observe;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses of its machine, beyond what the metrics library tells by itself. */
public final class ProcessWatch implements Watched {
  private static final Path STATUS = Path.of("/proc/self/status");

  @Override
  public void tell(Meters meters) {
    meters.show(Meter.STARTED, ManagementFactory.getRuntimeMXBean().getStartTime() / 1_000.0);
    long afterCollection = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      meters.show(Meter.MEMORY, pool.getUsage().getUsed(), pool.getName());
      if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
        afterCollection += pool.getCollectionUsage().getUsed();
      }
    }
    meters.show(Meter.HEAP_AFTER_GC, afterCollection);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      meters.show(Meter.DESCRIPTORS, unix.getOpenFileDescriptorCount());
      meters.show(Meter.DESCRIPTORS_MOST, unix.getMaxFileDescriptorCount());
      meters.show(Meter.CPU, unix.getProcessCpuTime() / 1_000_000.0);
    }
    if (Files.exists(STATUS)) {
      meters.show(Meter.MEMORY_RESIDENT, residentBytes());
    }
  }

  /** The line "VmRSS: 123 kB"; only Linux has it. */
  private static long residentBytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          * 1_024;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
