/** The first person: a one-time link makes the operator and owner of the first workspace. */
@NullMarked
package io.aragora.workspace.setup;

import org.jspecify.annotations.NullMarked;
