/** What each feature keeps about one person, to be shown to them or erased. */
@NullMarked
package io.aragora.platform.person;

import org.jspecify.annotations.NullMarked;
