package org.konvergo.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.konvergo.Bits;
import org.konvergo.Require;

/**
 * What a run measured: one row a measured iteration, with the iteration, the oracle calls and the
 * seconds so far, and each measure; and the last state and how the run ended.
 *
 * @param <S> the method's state
 */
public final class Trace<S> {
    private final S state;
    private final Stop.Reason reason;
    private final List<String> measures;
    private final List<Row> rows;

    record Row(long iteration, double seconds, Map<Oracle, Long> calls, double[] values) {}

    Trace(S state, Stop.Reason reason, List<String> measures, List<Row> rows) {
        this.state = state;
        this.reason = reason;
        this.measures = List.copyOf(measures);
        this.rows = List.copyOf(rows);
    }

    /**
     * Number of rows.
     *
     * @return at least 1
     */
    public int size() {
        return rows.size();
    }

    /**
     * The measured iterations.
     *
     * @return ascending, beginning with 0
     */
    public long[] iterations() {
        return rows.stream().mapToLong(Row::iteration).toArray();
    }

    /**
     * Time spent in steps up to each row. The one column that differs between machines.
     *
     * @return seconds, ascending
     */
    public double[] seconds() {
        return column(Row::seconds);
    }

    /**
     * Oracle calls up to each row.
     *
     * @param oracle which
     * @return counts, ascending
     */
    public long[] calls(Oracle oracle) {
        return rows.stream().mapToLong(row -> row.calls.getOrDefault(oracle, 0L)).toArray();
    }

    /**
     * Names of the measures.
     *
     * @return in the order in which the run was given them
     */
    public List<String> measures() {
        return measures;
    }

    /**
     * A measure.
     *
     * @param measure its name
     * @return one value a row
     * @throws IllegalArgumentException if the trace has no such measure; names those it has
     */
    public double[] values(String measure) {
        int i = measures.indexOf(measure);
        Require.that(i >= 0, "measure", "one of " + measures, measure);
        return column(row -> row.values[i]);
    }

    /**
     * The last value of a measure.
     *
     * @param measure its name
     * @return its value in the last row
     * @throws IllegalArgumentException if the trace has no such measure
     */
    public double last(String measure) {
        return values(measure)[rows.size() - 1];
    }

    /**
     * Number of steps done.
     *
     * @return the iteration of the last row
     */
    public long iteration() {
        return rows.get(rows.size() - 1).iteration;
    }

    /**
     * The state after the last step.
     *
     * @return the state
     */
    public S state() {
        return state;
    }

    /**
     * How the run ended.
     *
     * @return the status
     */
    public Status status() {
        return reason.status();
    }

    /**
     * Why the run ended.
     *
     * @return a sentence for the reader
     */
    public String message() {
        return reason.message();
    }

    /** Writes down one figure for the whole of it, the seconds left out, if that is wanted. */
    void note() {
        if (!Bits.wanted()) {
            return;
        }
        var columns = new ArrayList<double[]>();
        columns.add(column(Row::iteration));
        for (var oracle : Oracle.values()) {
            columns.add(column(row -> row.calls.getOrDefault(oracle, 0L)));
        }
        measures.forEach(measure -> columns.add(values(measure)));
        Bits.note(
                "trace of "
                        + String.join(", ", measures)
                        + ": "
                        + status()
                        + ", "
                        + size()
                        + " rows",
                Bits.digest(columns.toArray(new double[0][])));
    }

    private double[] column(ToDoubleFunction<Row> entry) {
        return rows.stream().mapToDouble(entry).toArray();
    }

    @Override
    public String toString() {
        return reason.status() + " after " + iteration() + " iterations: " + reason.message();
    }
}
