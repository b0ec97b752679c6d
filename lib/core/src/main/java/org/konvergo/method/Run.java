package org.konvergo.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.ToDoubleFunction;
import org.konvergo.Require;

/**
 * Drives a method: measures, counts, stops, and returns a trace.
 *
 * <p>Measures are taken before the first step, at the iterations asked for (every one unless {@link
 * #every} or {@link #at} says otherwise) and at the last. A run ends at once, with the trace so
 * far, when a measure is NaN or infinite ({@link Status#DIVERGED}) or its thread is interrupted
 * ({@link Status#INTERRUPTED}; the thread's flag stays set, so that what follows in the same cell
 * ends too).
 *
 * @param <S> the method's state
 */
public final class Run<S> {
    private final Method<S> method;
    private final List<Measure<S>> measures = new ArrayList<>();
    private final List<RunListener> listeners = new ArrayList<>();
    private LongPredicate schedule = k -> true;
    private Stop stop;

    record Measure<S>(String name, ToDoubleFunction<S> function, boolean mustBeFinite) {}

    private Run(Method<S> method) {
        this.method = Require.notNull("method", method);
    }

    /**
     * A run of a method.
     *
     * @param <S> the method's state
     * @param method the method
     * @return a run, not yet started
     */
    public static <S> Run<S> of(Method<S> method) {
        return new Run<>(method);
    }

    /**
     * Measures a quantity that must stay finite.
     *
     * @param name its name in the trace, such as "duality gap"; each once
     * @param function of the state; must not change it
     * @return this run
     * @throws IllegalArgumentException if the name is taken
     */
    public Run<S> measure(String name, ToDoubleFunction<S> function) {
        return add(new Measure<>(name, function, true));
    }

    /**
     * Measures a quantity that may be NaN or infinite, such as one that is undefined at a solution.
     *
     * @param name its name in the trace; each once
     * @param function of the state; must not change it
     * @return this run
     * @throws IllegalArgumentException if the name is taken
     */
    public Run<S> observe(String name, ToDoubleFunction<S> function) {
        return add(new Measure<>(name, function, false));
    }

    private Run<S> add(Measure<S> measure) {
        Require.that(
                measures.stream().noneMatch(m -> m.name.equals(measure.name)),
                "name of the measure",
                "new",
                measure.name + ", which the run has");
        Require.notNull("function", measure.function);
        measures.add(measure);
        return this;
    }

    /**
     * Measures at every k-th iteration.
     *
     * @param k at least 1
     * @return this run
     * @throws IllegalArgumentException if k is below 1
     */
    public Run<S> every(long k) {
        Require.that(k >= 1, "k", "at least 1", k);
        return at(iteration -> iteration % k == 0);
    }

    /**
     * Measures at chosen iterations, beside the first and the last.
     *
     * @param iterations says for the number of an iteration whether to measure
     * @return this run
     */
    public Run<S> at(LongPredicate iterations) {
        schedule = Require.notNull("iterations", iterations);
        return this;
    }

    /**
     * Sets the stopping rule.
     *
     * @param rule the rule
     * @return this run
     */
    public Run<S> stop(Stop rule) {
        stop = Require.notNull("rule", rule);
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener hears of every iteration
     * @return this run
     */
    public Run<S> listen(RunListener listener) {
        listeners.add(Require.notNull("listener", listener));
        return this;
    }

    /**
     * Runs the method until the rule holds.
     *
     * @return the trace
     * @throws IllegalArgumentException if no stopping rule was given, or it names an unknown
     *     measure
     */
    public Trace<S> start() {
        Require.that(stop != null, "stop", "given: a run needs a stopping rule", "none");
        var view = new View();
        S state = method.start();
        Stop.Reason reason = null;
        while (reason == null) {
            boolean last = false;
            view.measured = schedule.test(view.iteration) || view.iteration == 0;
            if (view.measured) {
                reason = view.record(state);
            }
            if (reason == null) {
                reason = stop.check(view).orElse(null);
                last = reason != null;
            }
            if (reason == null && Thread.currentThread().isInterrupted()) {
                reason =
                        new Stop.Reason(
                                Status.INTERRUPTED, "interrupted at iteration " + view.iteration);
                last = true;
            }
            if (last && !view.measured) {
                view.measured = true;
                var divergence = view.record(state);
                reason = divergence == null ? reason : divergence;
            }
            for (var listener : listeners) {
                listener.iteration(view);
            }
            if (reason == null) {
                long before = System.nanoTime();
                state = method.step(state, view.counter);
                view.seconds += (System.nanoTime() - before) * 1e-9;
                view.iteration++;
            }
        }
        for (var listener : listeners) {
            listener.ended(reason.status());
        }
        var trace = new Trace<>(state, reason, view.names(), view.rows);
        trace.note();
        return trace;
    }

    private final class View implements RunView {
        private final OracleCounter counter = new OracleCounter();
        private final List<Trace.Row> rows = new ArrayList<>();
        private double[] values = new double[measures.size()];
        private long iteration;
        private double seconds;
        private boolean measured;

        /** Takes the measures; returns a reason to end if one of them is not finite. */
        Stop.Reason record(S state) {
            Stop.Reason reason = null;
            values = new double[measures.size()];
            for (int i = 0; i < values.length; i++) {
                var measure = measures.get(i);
                values[i] = measure.function.applyAsDouble(state);
                if (measure.mustBeFinite && !Double.isFinite(values[i]) && reason == null) {
                    reason =
                            new Stop.Reason(
                                    Status.DIVERGED,
                                    measure.name
                                            + " is "
                                            + values[i]
                                            + " at iteration "
                                            + iteration);
                }
            }
            rows.add(new Trace.Row(iteration, seconds, counter.snapshot(), values));
            return reason;
        }

        List<String> names() {
            return measures.stream().map(Measure::name).toList();
        }

        @Override
        public long iteration() {
            return iteration;
        }

        @Override
        public double seconds() {
            return seconds;
        }

        @Override
        public long calls(Oracle oracle) {
            return counter.count(oracle);
        }

        @Override
        public boolean measured() {
            return measured;
        }

        @Override
        public double measure(String name) {
            for (int i = 0; i < values.length; i++) {
                if (measures.get(i).name.equals(name)) {
                    return values[i];
                }
            }
            throw new IllegalArgumentException(
                    "measure should be one of " + names() + ", was " + name);
        }

        @Override
        public double fraction() {
            return stop.fraction(this);
        }
    }
}
