/** Hours of ordinary work, watched for what grows. */
@org.jspecify.annotations.NullMarked
package io.aragora.drill.soak;
