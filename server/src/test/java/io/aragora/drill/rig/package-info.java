/** What drills are made of: a database and nodes that can be killed, traffic, and what to check. */
@NullMarked
package io.aragora.drill.rig;

import org.jspecify.annotations.NullMarked;
