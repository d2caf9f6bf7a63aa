/** Hashes passwords and judges them: slowly on purpose, within bounded memory. */
@NullMarked
package io.aragora.platform.crypto.password;

import org.jspecify.annotations.NullMarked;
