/** Verbs of the command line for whoever runs the appliance. */
@NullMarked
package io.aragora.cli.admin;

import org.jspecify.annotations.NullMarked;
