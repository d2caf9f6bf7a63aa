/** What debates keep about the person who opened them. */
@NullMarked
package io.aragora.debate.person;

import org.jspecify.annotations.NullMarked;
