package io.aragora.workspace.member;

import io.aragora.access.Role;
import io.aragora.kernel.WorkspaceId;

/** One workspace a person is in, and as what. */
public record Membership(WorkspaceId workspace, Role role) {}
