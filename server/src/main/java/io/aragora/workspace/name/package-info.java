/** Names people give: one line, without what hides or reorders text. */
@NullMarked
package io.aragora.workspace.name;

import org.jspecify.annotations.NullMarked;
