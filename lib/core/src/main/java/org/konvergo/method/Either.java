package org.konvergo.method;

import java.util.Optional;

/** Ends when the first or the second rule does. */
record Either(Stop first, Stop second) implements Stop {
    @Override
    public Optional<Reason> check(RunView view) {
        var reason = first.check(view);
        return reason.isPresent() ? reason : second.check(view);
    }

    @Override
    public double fraction(RunView view) {
        return Math.max(first.fraction(view), second.fraction(view));
    }
}
