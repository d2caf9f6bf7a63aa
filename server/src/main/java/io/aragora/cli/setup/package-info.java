/** Verbs of the command line that prepare a stack before anything in it runs. */
@NullMarked
package io.aragora.cli.setup;

import org.jspecify.annotations.NullMarked;
