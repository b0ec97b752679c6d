package org.konvergo.method;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Ends when a growing count reaches a limit. */
record Budget(String name, double limit, ToDoubleFunction<RunView> count, Supplier<String> message)
        implements Stop {
    @Override
    public Optional<Reason> check(RunView view) {
        return count.applyAsDouble(view) >= limit
                ? Optional.of(new Reason(Status.EXHAUSTED, message.get()))
                : Optional.empty();
    }

    @Override
    public double fraction(RunView view) {
        return limit == 0 ? 1 : Math.min(1, count.applyAsDouble(view) / limit);
    }
}
