package io.aragora.access;

import io.aragora.kernel.WorkspaceId;
import java.util.Optional;

/** The first workspace, and its first key if this call made it. */
public record FirstKey(WorkspaceId workspace, Optional<NewKey> key) {}
