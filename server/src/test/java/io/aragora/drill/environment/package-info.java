/** Drills of what surrounds a node: slow clients, full disks, wrong clocks, bad model servers. */
@NullMarked
package io.aragora.drill.environment;

import org.jspecify.annotations.NullMarked;
