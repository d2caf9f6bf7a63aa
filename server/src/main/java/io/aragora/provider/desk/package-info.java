/** The providers set up here, for those who run a workspace. */
@NullMarked
package io.aragora.provider.desk;

import org.jspecify.annotations.NullMarked;
