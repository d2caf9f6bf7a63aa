package io.aragora.event;

/**
 * Where a debate's events end: how many there are, the hash of the last one, and the Merkle root
 * (RFC 6962) over all event hashes. A receipt carries these three.
 */
public record StreamHead(long count, String hash, String merkleRoot) {}
