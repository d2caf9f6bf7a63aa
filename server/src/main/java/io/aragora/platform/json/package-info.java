/** One JSON reader and writer for records and sealed types. */
@NullMarked
package io.aragora.platform.json;

import org.jspecify.annotations.NullMarked;
