package io.aragora.budget;

import io.aragora.kernel.Money;

/**
 * A workspace's money this month; {@code left} is what new debates may still set aside. The version
 * counts changes of the caps.
 */
public record BudgetView(
    String period,
    Money monthCap,
    Money debateCap,
    Money held,
    Money spent,
    Money left,
    long version) {}
