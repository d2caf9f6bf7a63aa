package io.aragora.consensus;

import java.util.Arrays;
import java.util.List;

/** Who beats whom in pairs, and what follows: the Smith set and a cycle. */
final class Duels {
  private final int[][] over;
  private final int size;

  Duels(int[][] over) {
    this.over = over;
    this.size = over.length;
  }

  List<List<Integer>> matrix() {
    return Arrays.stream(over).map(Count::boxed).toList();
  }

  private boolean beats(int i, int j) {
    return over[i][j] > over[j][i];
  }

  /** The smallest set whose every member beats everyone outside it. */
  int[] smithSet() {
    int[] smallest = closure(0);
    for (int start = 1; start < size && smallest.length > 1; start++) {
      int[] candidate = closure(start);
      smallest = candidate.length < smallest.length ? candidate : smallest;
    }
    return smallest;
  }

  /** A dominating set that holds {@code start} must hold everyone its members do not beat. */
  private int[] closure(int start) {
    boolean[] in = new boolean[size];
    int[] found = new int[size];
    int count = 1;
    in[start] = true;
    found[0] = start;
    for (int at = 0; at < count; at++) {
      for (int j = 0; j < size; j++) {
        if (!in[j] && !beats(found[at], j)) {
          in[j] = true;
          found[count++] = j;
        }
      }
    }
    int[] set = Arrays.copyOf(found, count);
    Arrays.sort(set);
    return set;
  }

  /** One cycle of strict wins, in order of winning; empty if there is none. */
  int[] cycle() {
    boolean[] alive = new boolean[size];
    Arrays.fill(alive, true);
    boolean removed = true;
    while (removed) {
      removed = false;
      for (int i = 0; i < size; i++) {
        if (alive[i] && (victim(i, alive) < 0 || victor(i, alive) < 0)) {
          alive[i] = false;
          removed = true;
        }
      }
    }
    for (int i = 0; i < size; i++) {
      if (alive[i]) {
        return walk(i, alive);
      }
    }
    return new int[0];
  }

  private int[] walk(int start, boolean[] alive) {
    int[] path = new int[size + 1];
    int[] seenAt = new int[size];
    Arrays.fill(seenAt, -1);
    int length = 0;
    int at = start;
    while (seenAt[at] < 0) {
      seenAt[at] = length;
      path[length++] = at;
      at = victim(at, alive);
    }
    return Arrays.copyOfRange(path, seenAt[at], length);
  }

  private int victim(int i, boolean[] alive) {
    for (int j = 0; j < size; j++) {
      if (alive[j] && beats(i, j)) {
        return j;
      }
    }
    return -1;
  }

  private int victor(int i, boolean[] alive) {
    for (int j = 0; j < size; j++) {
      if (alive[j] && beats(j, i)) {
        return j;
      }
    }
    return -1;
  }
}
