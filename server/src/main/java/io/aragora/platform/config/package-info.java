/** Reads the environment once into settings, or refuses to start with all faults listed. */
@NullMarked
package io.aragora.platform.config;

import org.jspecify.annotations.NullMarked;
