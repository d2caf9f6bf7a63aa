package io.aragora.debate.engine;

import java.util.ArrayList;
import java.util.List;

/** Orders that look random, differ per reader, and are the same on every replay. */
final class Shuffle {
  private Shuffle() {}

  static <T> List<T> of(List<T> items, long seed) {
    List<T> order = new ArrayList<>(items);
    long state = seed;
    for (int i = order.size() - 1; i > 0; i--) {
      state += 0x9E3779B97F4A7C15L;
      int j = (int) Long.remainderUnsigned(mix(state), i + 1);
      T swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
    return order;
  }

  /** SplitMix64's finish. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long hash(String text) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(h);
  }
}
