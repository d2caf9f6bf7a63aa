package io.aragora.budget.tree;

import io.aragora.budget.BudgetView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a workspace stands: {@code above} pay for it, the nearest first; {@code below} it pays for,
 * those placed directly under it, at most 200.
 */
public record TreeView(List<Place> above, List<Place> below) {
  public TreeView {
    above = List.copyOf(above);
    below = List.copyOf(below);
  }

  /** One of them; name and money are there for who may read its budget as a member. */
  public record Place(UUID workspaceId, @Nullable String name, @Nullable BudgetView budget) {}
}
