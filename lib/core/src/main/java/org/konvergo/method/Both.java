package org.konvergo.method;

import java.util.Optional;

/** Ends when the first and the second rule do. */
record Both(Stop first, Stop second) implements Stop {
    @Override
    public Optional<Reason> check(RunView view) {
        var a = first.check(view);
        var b = second.check(view);
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        boolean converged =
                a.get().status() == Status.CONVERGED && b.get().status() == Status.CONVERGED;
        return Optional.of(
                new Reason(
                        converged ? Status.CONVERGED : Status.EXHAUSTED,
                        a.get().message() + "; " + b.get().message()));
    }

    @Override
    public double fraction(RunView view) {
        return Math.min(first.fraction(view), second.fraction(view));
    }
}
