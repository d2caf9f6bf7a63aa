package io.aragora.drill.environment;

import io.aragora.drill.MachineCannot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system of its own, in memory, that can be filled to the last byte. */
final class Volume implements AutoCloseable {
  private final Path at;

  private Volume(Path at) {
    this.at = at;
  }

  /** Mounts one of so many megabytes over this folder, with what the folder holds. */
  static Volume over(Path folder, int megabytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path aside = Files.createTempDirectory(folder.getParent(), "volume");
    run("cp", "-a", folder + "/.", aside.toString());
    try {
      run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "drill", folder.toString());
    } catch (IllegalStateException refused) {
      throw new MachineCannot("mounting a file system needs root: " + refused.getMessage());
    }
    run("cp", "-a", aside + "/.", folder.toString());
    // PostgreSQL and the JVM insist on the rights their folder had.
    run("chmod", "--reference=" + aside, folder.toString());
    run("rm", "-rf", aside.toString());
    return new Volume(folder);
  }

  /** Writes until nothing fits any more. */
  void fill() throws IOException {
    byte[] block = new byte[64 * 1024];
    try (var out = Files.newOutputStream(ballast())) {
      for (int size = block.length; size > 0; ) {
        try {
          out.write(block, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
  }

  void free() throws IOException {
    Files.delete(ballast());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", at.toString());
  }

  private Path ballast() {
    return at.resolve("ballast");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", List.of(command)) + ": " + told.strip());
    }
  }
}
