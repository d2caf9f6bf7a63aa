package io.aragora.transparency;

/** One entry at its place in the log named by {@code origin}. */
public record Leaf(String origin, long index, LeafEntry entry) {}
