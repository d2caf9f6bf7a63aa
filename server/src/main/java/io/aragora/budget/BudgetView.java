package io.aragora.budget;

import io.aragora.kernel.Money;

/**
 * A workspace's money this month; {@code left} is what new debates may still set aside in it, and
 * {@code today} says the same of the day. {@code raised} is what overrides add to every cap now.
 * The version counts changes of the caps.
 */
public record BudgetView(
    String period,
    Money monthCap,
    Money debateCap,
    Money held,
    Money spent,
    Money left,
    long version,
    Money raised,
    Day today) {
  /** One day (UTC) of it. */
  public record Day(String period, Money cap, Money held, Money spent, Money left) {}
}
