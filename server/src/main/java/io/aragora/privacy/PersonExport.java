package io.aragora.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Everything kept about a person: what is theirs, and what each workspace keeps, by the name of the
 * part of the appliance that keeps it. At most 10,000 lines a part, newest first.
 */
public record PersonExport(
    UUID accountId, Instant exportedAt, Map<String, JsonNode> own, List<InWorkspace> workspaces) {
  /** What one workspace keeps. */
  public record InWorkspace(UUID workspaceId, Map<String, JsonNode> parts) {}

  public PersonExport {
    workspaces = List.copyOf(workspaces);
  }
}
