package org.konvergo.notebook.display;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.HeatMapSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.AxesChartSeriesCategory;
import org.knowm.xchart.internal.series.AxesChartSeriesNumerical;
import org.knowm.xchart.internal.series.Series;
import org.konvergo.Bits;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * The figures behind a chart or a table, to the last bit; what is shown of them has been rounded or
 * drawn. They are written down only if {@link Bits} is asked to, so that this also works where the
 * solvers are not.
 */
final class Figures {
    private static final boolean WANTED = System.getenv("KONVERGO_BITS") != null;

    private Figures() {}

    /** Writes the figures of a chart down, if that is wanted. */
    static void note(Chart<?, ?> chart) {
        if (WANTED) {
            of(chart).forEach(Bits::note);
        }
    }

    /** Writes the figures of a table down, if that is wanted. */
    static void note(Table table) {
        if (WANTED) {
            of(table).forEach(Bits::note);
        }
    }

    /** The numbers of each series of a chart. */
    static Map<String, double[]> of(Chart<?, ?> chart) {
        var figures = new LinkedHashMap<String, double[]>();
        String title = "chart " + chart.getTitle();
        int number = 0;
        for (Series series : chart.getSeriesCollection()) {
            number++;
            String name = title + ", series " + number + " " + series.getLabel().strip();
            if (series instanceof AxesChartSeriesNumerical numbers) {
                put(figures, name + ", across", numbers.getXData());
                put(figures, name + ", up", numbers.getYData());
                put(figures, name + ", bars", numbers.getExtraValues());
            } else if (series instanceof AxesChartSeriesCategory categories) {
                put(figures, name + ", across", numbers(categories.getXData()));
                put(figures, name + ", up", categories.getYData());
                put(figures, name + ", bars", categories.getExtraValues());
            } else if (series instanceof HeatMapSeries map) {
                var cells = new ArrayList<Number>();
                map.getHeatData().forEach(cell -> cells.addAll(List.of(cell)));
                put(figures, name, numbers(cells));
            }
        }
        return figures;
    }

    /** The numbers of each column of a table, rows that are not shown included. */
    static Map<String, double[]> of(Table table) {
        var figures = new LinkedHashMap<String, double[]>();
        for (var column : table.columns()) {
            if (column instanceof NumericColumn<?> numbers) {
                String name = "table " + table.name() + ", column " + column.name();
                figures.put(name, numbers.asDoubleArray());
            }
        }
        return figures;
    }

    private static void put(Map<String, double[]> figures, String name, double[] values) {
        if (values != null && values.length > 0) {
            figures.put(name, values);
        }
    }

    private static double[] numbers(Collection<?> values) {
        return values.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
    }
}
