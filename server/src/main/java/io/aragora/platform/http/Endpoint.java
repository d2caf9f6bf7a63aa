package io.aragora.platform.http;

/** An operation and the code that answers it. */
public record Endpoint(Operation operation, Handler handler) {}
