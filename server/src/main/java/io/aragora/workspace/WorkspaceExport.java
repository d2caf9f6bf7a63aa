package io.aragora.workspace;

import io.aragora.kernel.Page;
import io.aragora.kernel.WorkspaceId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one feature gives to the export of a workspace: values of one kind, a line each. It opens
 * its own transactions, a page each: a slow reader must not hold one open.
 */
public interface WorkspaceExport {
  /** The kind of its lines, such as {@code debate}. */
  String name();

  void write(WorkspaceId workspace, Consumer<Object> line);

  /** One page of a feature's list. */
  @FunctionalInterface
  interface Pages<T> {
    Page<T> page(WorkspaceId workspace, int limit, Optional<String> cursor);
  }

  /** One thing there is one of. */
  static WorkspaceExport one(String name, Function<WorkspaceId, ? extends Object> thing) {
    return new SingleExport(name, thing);
  }

  /** Everything a list gives, from its start to its end. */
  static <T> WorkspaceExport of(String name, Pages<T> pages) {
    return of(name, pages, (workspace, item) -> item);
  }

  /** As before, where a line holds more of an item than the list shows. */
  static <T> WorkspaceExport of(
      String name, Pages<T> pages, BiFunction<WorkspaceId, T, ? extends Object> whole) {
    return new PagedExport<>(name, pages, whole);
  }
}
