package io.aragora.transparency;

import org.jspecify.annotations.Nullable;

/**
 * What adding up the whole log came to: its leaves, how many of them the newest head of their
 * origin does not cover yet, the heads held against them, and the first fault if there is one.
 */
public record LogVerdict(
    long leaves, long waiting, long heads, boolean ok, @Nullable String firstBroken) {}
