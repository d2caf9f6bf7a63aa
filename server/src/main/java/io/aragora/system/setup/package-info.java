/**
 * Gives each service of the stack keys of its own and the certificates they need. A private key
 * never leaves the volume it was made in: what travels is a request for a certificate, and the
 * certificate.
 */
@NullMarked
package io.aragora.system.setup;

import org.jspecify.annotations.NullMarked;
