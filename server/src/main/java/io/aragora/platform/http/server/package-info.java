/** The web server behind the operations: from bytes on a socket to a call, and back. */
@NullMarked
package io.aragora.platform.http.server;

import org.jspecify.annotations.NullMarked;
