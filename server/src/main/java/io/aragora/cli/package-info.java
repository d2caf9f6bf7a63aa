/** The command line: serve, debate, watch, receipt, doctor, version. */
@NullMarked
package io.aragora.cli;

import org.jspecify.annotations.NullMarked;
