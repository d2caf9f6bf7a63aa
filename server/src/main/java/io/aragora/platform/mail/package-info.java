/** Sends mail: queued with the change it tells of, delivered by a job, over SMTP. */
@NullMarked
package io.aragora.platform.mail;

import org.jspecify.annotations.NullMarked;
