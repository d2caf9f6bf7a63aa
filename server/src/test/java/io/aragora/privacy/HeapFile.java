package io.aragora.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks for text in a heap dump, in both forms in which strings are kept. */
final class HeapFile {
  private HeapFile() {}

  static long count(Path file, String text) {
    return count(file, text.getBytes(ISO_8859_1)) + count(file, text.getBytes(UTF_16LE));
  }

  /** Knuth, Morris and Pratt: one pass, whatever the size. */
  static long count(Path file, byte[] wanted) {
    int[] back = new int[wanted.length];
    for (int at = 1, matched = 0; at < wanted.length; at++) {
      while (matched > 0 && wanted[at] != wanted[matched]) {
        matched = back[matched - 1];
      }
      back[at] = wanted[at] == wanted[matched] ? ++matched : matched;
    }
    long found = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      byte[] chunk = new byte[1 << 20];
      int matched = 0;
      for (int read; (read = in.read(chunk)) > 0; ) {
        for (int at = 0; at < read; at++) {
          while (matched > 0 && chunk[at] != wanted[matched]) {
            matched = back[matched - 1];
          }
          matched = chunk[at] == wanted[matched] ? matched + 1 : matched;
          if (matched == wanted.length) {
            found++;
            matched = back[matched - 1];
          }
        }
      }
      return found;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }
}
