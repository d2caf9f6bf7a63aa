package io.aragora.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may do what as a person wrote it down, independent of the code's own table. */
public final class RoleTable {
  private static final Path FILE = Path.of("src/test/resources/access/roles.csv");

  private final Map<String, Set<String>> holders = new LinkedHashMap<>();

  private RoleTable() {}

  /** Reads the table. */
  public static RoleTable read() {
    try {
      var lines = Files.readAllLines(FILE).stream().filter(line -> !line.startsWith("#")).toList();
      List<String> roles = cells(lines.getFirst());
      var table = new RoleTable();
      lines.stream().skip(1).map(RoleTable::cells).forEach(row -> table.add(roles, row));
      return table;
    } catch (IOException bad) {
      throw new UncheckedIOException(bad);
    }
  }

  /** Whether the table knows this permission. */
  public boolean knows(String permission) {
    return holders.containsKey(permission);
  }

  /** Whether a member in this role may do what the permission allows. */
  public boolean allows(String role, String permission) {
    return holders.getOrDefault(permission, Set.of()).contains(role);
  }

  Set<String> permissions() {
    return holders.keySet();
  }

  private void add(List<String> roles, List<String> row) {
    var held = new LinkedHashSet<String>();
    for (int at = 1; at < row.size(); at++) {
      switch (row.get(at)) {
        case "yes" -> held.add(roles.get(at));
        case "no" -> {}
        default -> throw new IllegalStateException("neither yes nor no: " + row);
      }
    }
    if (row.size() != roles.size() || holders.put(row.getFirst(), held) != null) {
      throw new IllegalStateException("a row is short or there twice: " + row);
    }
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }
}
