package io.aragora.platform.job;

import io.aragora.kernel.WorkspaceId;

/** What a job row carries besides its kind and subject. */
record JobData(WorkspaceId workspace) {}
