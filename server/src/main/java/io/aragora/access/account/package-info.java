/**
 * People's accounts: who they are, how they sign in with a password, and how they get a new one.
 */
@NullMarked
package io.aragora.access.account;

import org.jspecify.annotations.NullMarked;
