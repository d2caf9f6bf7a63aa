package io.aragora.budget;

import io.aragora.kernel.DebateId;
import io.aragora.kernel.Money;
import java.util.UUID;

/** Money set aside for one debate: the amount at first, what is still held, what was spent. */
public record Reservation(
    UUID id, DebateId debate, String period, Money amount, Money held, Money spent, boolean open) {}
