package io.aragora.workspace;

import io.aragora.kernel.Page;
import io.aragora.kernel.WorkspaceId;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Walks a feature's list page by page. */
record PagedExport<T>(
    String name, Pages<T> pages, BiFunction<WorkspaceId, T, ? extends Object> whole)
    implements WorkspaceExport {
  private static final int AT_ONCE = 100;

  @Override
  public void write(WorkspaceId workspace, Consumer<Object> line) {
    Optional<String> cursor = Optional.empty();
    do {
      Page<T> page = pages.page(workspace, AT_ONCE, cursor);
      page.items().forEach(item -> line.accept(whole.apply(workspace, item)));
      cursor = Optional.ofNullable(page.nextCursor());
    } while (cursor.isPresent());
  }
}
