package io.aragora.event;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.WorkspaceId;
import java.util.UUID;

/** Which call of which seat writes an answer. */
public record Speaker(
    WorkspaceId workspace, DebateId debate, int round, int seat, String move, UUID call) {}
