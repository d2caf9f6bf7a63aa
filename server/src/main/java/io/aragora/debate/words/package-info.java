/** What seats are shown and asked, word for word, and how their answers are read. */
@NullMarked
package io.aragora.debate.words;

import org.jspecify.annotations.NullMarked;
