package io.aragora.system;

import org.jspecify.annotations.Nullable;

/** One thing the doctor looked at; {@code detail} says what is wrong, {@code remedy} what to do. */
public record Finding(String name, boolean isGood, @Nullable String detail, String remedy) {}
