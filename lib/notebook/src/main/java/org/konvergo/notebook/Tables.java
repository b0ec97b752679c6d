package org.konvergo.notebook;

import java.util.Arrays;
import java.util.List;
import org.konvergo.Require;
import org.konvergo.method.Oracle;
import org.konvergo.method.Trace;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Makes Tablesaw tables from arrays and traces. */
public final class Tables {
    private Tables() {}

    /**
     * A table from columns.
     *
     * <pre>{@code
     * Tables.of("Iterations to 1e-8", "n", new int[] {10, 100}, "SNS", sns, "Sinkhorn", sinkhorn)
     * }</pre>
     *
     * @param name the table's caption
     * @param columns in turn a name and its values: {@code double[]}, {@code int[]}, {@code
     *     long[]}, {@code boolean[]}, {@code String[]}, a list, or a single value; all of the same
     *     length
     * @return the table
     * @throws IllegalArgumentException if a name comes twice or is no text, values are of another
     *     type, or lengths differ
     */
    public static Table of(String name, Object... columns) {
        Require.notNull("name", name);
        Require.that(
                columns.length > 0 && columns.length % 2 == 0,
                "columns",
                "names and values in turn",
                columns.length + " arguments");
        var table = Table.create(name);
        for (int j = 0; j < columns.length; j += 2) {
            Require.that(
                    columns[j] instanceof String, "name of column " + j / 2, "text", columns[j]);
            var column = column((String) columns[j], columns[j + 1]);
            Require.that(
                    !table.containsColumn(column.name()),
                    "name of column " + j / 2,
                    "new",
                    column.name() + ", which the table has");
            Require.that(
                    j == 0 || column.size() == table.rowCount(),
                    "column " + column.name(),
                    "of length " + table.rowCount(),
                    "of length " + column.size());
            table.addColumns(column);
        }
        return table;
    }

    private static Column<?> column(String name, Object values) {
        if (values instanceof double[] x) {
            return DoubleColumn.create(name, x);
        } else if (values instanceof int[] x) {
            return IntColumn.create(name, x);
        } else if (values instanceof long[] x) {
            return LongColumn.create(name, x);
        } else if (values instanceof boolean[] x) {
            var column = BooleanColumn.create(name, x.length);
            for (int i = 0; i < x.length; i++) {
                column.set(i, x[i]);
            }
            return column;
        } else if (values instanceof Object[] x) {
            return column(name, Arrays.asList(x));
        } else if (values instanceof List<?> x) {
            return listed(name, x);
        } else if (values instanceof Number || values instanceof String || values instanceof Enum) {
            return listed(name, List.of(values));
        }
        throw new IllegalArgumentException(
                "values of column "
                        + name
                        + " should be numbers, truth values or text, was "
                        + (values == null ? "null" : values.getClass().getSimpleName()));
    }

    private static Column<?> listed(String name, List<?> values) {
        if (!values.isEmpty() && values.stream().allMatch(Integer.class::isInstance)) {
            return IntColumn.create(
                    name, values.stream().mapToInt(x -> ((Integer) x).intValue()).toArray());
        }
        if (!values.isEmpty() && values.stream().allMatch(Long.class::isInstance)) {
            return LongColumn.create(
                    name, values.stream().mapToLong(x -> ((Long) x).longValue()).toArray());
        }
        if (!values.isEmpty() && values.stream().allMatch(Number.class::isInstance)) {
            return DoubleColumn.create(
                    name, values.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray());
        }
        return StringColumn.create(
                name, values.stream().map(x -> x == null ? "" : x.toString()).toList());
    }

    /**
     * A trace as a table: the iteration, the oracles that were called, and each measure. Without
     * the seconds, which differ from run to run.
     *
     * @param trace the trace
     * @return one row a measured iteration; the caption says how the run ended
     */
    public static Table of(Trace<?> trace) {
        Require.notNull("trace", trace);
        var table = Table.create(trace.toString());
        table.addColumns(LongColumn.create("iteration", trace.iterations()));
        for (var oracle : Oracle.values()) {
            var calls = trace.calls(oracle);
            if (calls[calls.length - 1] > 0) {
                table.addColumns(LongColumn.create(oracle.label(), calls));
            }
        }
        for (String measure : trace.measures()) {
            String name = table.containsColumn(measure) ? measure + " (measured)" : measure;
            table.addColumns(DoubleColumn.create(name, trace.values(measure)));
        }
        return table;
    }

    /**
     * A trace as a table with the seconds spent in steps. For cells tagged {@code timing}.
     *
     * @param trace the trace
     * @return as {@link #of(Trace)}, with the column {@code seconds} at the end
     */
    public static Table timed(Trace<?> trace) {
        return of(trace).addColumns(DoubleColumn.create("seconds", trace.seconds()));
    }
}
