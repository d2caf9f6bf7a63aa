package io.aragora.kernel;

/** One thing wrong with an input: where (a JSON pointer), which rule, and what to do. */
public record Fault(String pointer, String code, String message) {}
