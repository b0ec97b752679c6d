package org.konvergo.notebook;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.konvergo.Require;
import org.konvergo.metric.LogLogSlope;
import org.konvergo.notebook.display.Numbers;

/**
 * Makes finished charts, which can still be styled as any of XChart's.
 *
 * <p>Every axis needs a title: a chart without is an {@link IllegalArgumentException}.
 */
public final class Charts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 460;

    private Charts() {}

    /**
     * Convergence: lines over a logarithmic ordinate. Values that are not positive leave gaps, as
     * an error of exactly zero does after convergence.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa, such as "iteration"
     * @param yTitle title of the ordinate
     * @param series the lines
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or no value
     *     is positive
     */
    public static XYChart convergence(
            String title, String xTitle, String yTitle, Series... series) {
        var chart = xy(title, xTitle, yTitle);
        addLines(chart, series, false, true);
        logY(chart, series);
        return chart;
    }

    /**
     * Lines over two logarithmic axes, with the slope of the least-squares line through each in the
     * legend.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param series the lines; points with a coordinate that is not positive are left out
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or no point
     *     is positive
     */
    public static XYChart logLog(String title, String xTitle, String yTitle, Series... series) {
        var chart = xy(title, xTitle, yTitle);
        var named = new Series[series.length];
        for (int i = 0; i < named.length; i++) {
            var positive = positiveX(series[i]);
            named[i] =
                    new Series(
                            series[i].name() + " (slope " + slope(positive) + ")",
                            positive.x(),
                            positive.y());
        }
        addLines(chart, named, true, true);
        logX(chart, named);
        logY(chart, named);
        return chart;
    }

    private static Series positiveX(Series series) {
        int[] kept =
                java.util.stream.IntStream.range(0, series.x().length)
                        .filter(i -> series.x()[i] > 0)
                        .toArray();
        Require.that(kept.length > 0, "x of " + series.name(), "positive somewhere", "nowhere");
        return new Series(
                series.name(),
                Arrays.stream(kept).mapToDouble(i -> series.x()[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> series.y()[i]).toArray());
    }

    private static String slope(Series series) {
        int[] kept =
                java.util.stream.IntStream.range(0, series.x().length)
                        .filter(i -> series.y()[i] > 0 && Double.isFinite(series.y()[i]))
                        .toArray();
        var x = Arrays.stream(kept).mapToDouble(i -> series.x()[i]).toArray();
        var y = Arrays.stream(kept).mapToDouble(i -> series.y()[i]).toArray();
        return Arrays.stream(x).distinct().count() < 2
                ? "undefined"
                : Numbers.format(Math.rint(LogLogSlope.of(x, y).slope() * 100) / 100);
    }

    /**
     * Lines.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param series the lines; NaN leaves a gap
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or there is
     *     no finite value
     */
    public static XYChart lines(String title, String xTitle, String yTitle, Series... series) {
        var chart = xy(title, xTitle, yTitle);
        addLines(chart, series, false, false);
        return chart;
    }

    /**
     * Lines over a logarithmic abscissa, as for a sweep of a parameter.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param series the lines; points whose abscissa is not positive are left out
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or no
     *     abscissa is positive
     */
    public static XYChart sweep(String title, String xTitle, String yTitle, Series... series) {
        var chart = xy(title, xTitle, yTitle);
        var positive = Arrays.stream(series).map(Charts::positiveX).toArray(Series[]::new);
        addLines(chart, positive, false, false);
        logX(chart, positive);
        return chart;
    }

    /**
     * Lines with shaded bands, such as medians and quartiles over seeds.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param bands the lines with their bands
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing or a name comes twice
     */
    public static XYChart band(String title, String xTitle, String yTitle, Band... bands) {
        return bands(title, xTitle, yTitle, false, bands);
    }

    /**
     * Lines with shaded bands over a logarithmic ordinate.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param bands the lines with their bands; where an edge is not positive there is a gap
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or no value
     *     is positive
     */
    public static XYChart logBand(String title, String xTitle, String yTitle, Band... bands) {
        return bands(title, xTitle, yTitle, true, bands);
    }

    private static XYChart bands(
            String title, String xTitle, String yTitle, boolean log, Band... bands) {
        Require.atLeast("number of bands", bands.length, 1);
        var chart = xy(title, xTitle, yTitle);
        var all = new ArrayList<Series>();
        for (int b = 0; b < bands.length; b++) {
            var band = bands[b];
            var x = new ArrayList<Double>();
            var edge = new ArrayList<Double>();
            int n = band.x().length;
            for (int k = 0; k < 2 * n; k++) {
                int i = k < n ? k : 2 * n - 1 - k;
                double low = band.low()[i];
                double high = band.high()[i];
                if (drawable(low, log) && drawable(high, log)) {
                    x.add(band.x()[i]);
                    edge.add(k < n ? high : low);
                }
            }
            if (!x.isEmpty()) {
                var polygon = chart.addSeries(band.name() + " band", x, edge);
                polygon.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
                polygon.setFillColor(Theme.shade(b));
                polygon.setLineColor(new Color(0, 0, 0, 0));
                polygon.setMarker(SeriesMarkers.NONE);
                polygon.setShowInLegend(false);
            }
            all.add(new Series(band.name(), band.x(), band.middle()));
            all.add(new Series(band.name() + " low", band.x(), band.low()));
            all.add(new Series(band.name() + " high", band.x(), band.high()));
        }
        var middles =
                Arrays.stream(bands)
                        .map(b -> new Series(b.name(), b.x(), b.middle()))
                        .toArray(Series[]::new);
        addLines(chart, middles, false, log);
        if (log) {
            logY(chart, all.toArray(Series[]::new));
        }
        return chart;
    }

    /**
     * Points.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param groups the points, each group in its colour and marker
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or there is
     *     no finite point
     */
    public static XYChart scatter(String title, String xTitle, String yTitle, Series... groups) {
        var chart = xy(title, xTitle, yTitle);
        check(chart, groups, false);
        for (int i = 0; i < groups.length; i++) {
            var points = chart.addSeries(groups[i].name(), groups[i].x(), groups[i].y());
            points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            points.setMarker(Theme.marker(i));
            points.setMarkerColor(translucent(Theme.colour(i), groups[i].x().length));
        }
        return chart;
    }

    private static Color translucent(Color c, int points) {
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), points > 200 ? 110 : 200);
    }

    /**
     * Grouped bars.
     *
     * @param title the chart's title
     * @param xTitle title of the categories
     * @param yTitle title of the ordinate
     * @param categories their names
     * @param series one value a category each; the abscissas are not used
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or a series
     *     has another length
     */
    public static CategoryChart bars(
            String title, String xTitle, String yTitle, String[] categories, Series... series) {
        Require.atLeast("number of categories", categories.length, 1);
        Require.atLeast("number of series", series.length, 1);
        var chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title == null ? "" : title)
                        .xAxisTitle(axis("xTitle", xTitle))
                        .yAxisTitle(axis("yTitle", yTitle))
                        .build();
        Theme.apply(chart.getStyler());
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setAvailableSpaceFill(series.length == 1 ? 0.6 : 0.8);
        var names = List.of(categories);
        for (int i = 0; i < series.length; i++) {
            Require.length("y of " + series[i].name(), series[i].y(), categories.length);
            Require.finite("y of " + series[i].name(), series[i].y());
            requireNew(chart, series[i].name());
            var bars =
                    chart.addSeries(
                            series[i].name(), names, Arrays.stream(series[i].y()).boxed().toList());
            bars.setFillColor(Theme.colour(i));
        }
        Theme.legend(chart.getStyler(), WIDTH, names(series), false);
        return chart;
    }

    /**
     * Charts side by side in one picture.
     *
     * @param charts from left to right
     * @return the picture, which a cell that ends in it shows
     * @throws IllegalArgumentException if there is none
     */
    public static ChartRow row(Chart<?, ?>... charts) {
        Require.atLeast("number of charts", charts.length, 1);
        return new ChartRow(List.of(charts));
    }

    /**
     * Adds a horizontal reference line across the data.
     *
     * @param chart the chart, which has series
     * @param y where
     * @param label for the legend
     * @return the chart
     * @throws IllegalArgumentException if y is not finite, or not positive on a logarithmic axis
     */
    public static XYChart horizontal(XYChart chart, double y, String label) {
        Require.finite("y", y);
        Require.that(
                y > 0 || !chart.getStyler().isYAxisLogarithmic(),
                "y",
                "positive on a logarithmic axis",
                y);
        var range = range(chart, true);
        return reference(chart, label, range, new double[] {y, y});
    }

    /**
     * Adds a vertical reference line across the data.
     *
     * @param chart the chart, which has series
     * @param x where
     * @param label for the legend
     * @return the chart
     * @throws IllegalArgumentException if x is not finite, or not positive on a logarithmic axis
     */
    public static XYChart vertical(XYChart chart, double x, String label) {
        Require.finite("x", x);
        Require.that(
                x > 0 || !chart.getStyler().isXAxisLogarithmic(),
                "x",
                "positive on a logarithmic axis",
                x);
        var range = range(chart, false);
        return reference(chart, label, new double[] {x, x}, range);
    }

    /**
     * Adds a reference curve, thin, dashed and grey, such as a theoretical rate or the unit circle.
     *
     * @param chart the chart
     * @param label for the legend
     * @param x abscissas
     * @param y ordinates, as many
     * @return the chart
     * @throws IllegalArgumentException if the label is taken or lengths differ
     */
    public static XYChart reference(XYChart chart, String label, double[] x, double[] y) {
        var curve = new Series(label, x, y);
        requireNew(chart, label);
        var line = chart.addSeries(label, curve.x(), curve.y());
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setLineStyle(Theme.reference());
        line.setLineColor(Theme.GREY);
        line.setMarker(SeriesMarkers.NONE);
        var names = new ArrayList<String>();
        for (var series : chart.getSeriesCollection()) {
            if (series.isShowInLegend()) {
                names.add(series.getLabel());
            }
        }
        Theme.legend(chart.getStyler(), chart.getWidth(), names, true);
        return chart;
    }

    private static double[] range(XYChart chart, boolean ofX) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (XYSeries series : chart.getSeriesCollection()) {
            for (double v : ofX ? series.getXData() : series.getYData()) {
                if (Double.isFinite(v)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        Require.that(low <= high, "chart", "with series", "empty");
        return new double[] {low, high};
    }

    private static XYChart xy(String title, String xTitle, String yTitle) {
        var chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title == null ? "" : title)
                        .xAxisTitle(axis("xTitle", xTitle))
                        .yAxisTitle(axis("yTitle", yTitle))
                        .build();
        Theme.apply(chart.getStyler());
        return chart;
    }

    private static String axis(String name, String title) {
        Require.that(title != null && !title.isBlank(), name, "given: axes need titles", "none");
        return title;
    }

    private static void requireNew(Chart<?, ?> chart, String name) {
        Require.that(
                chart.getSeries(name) == null,
                "name of the series",
                "new",
                name + ", which the chart has");
    }

    private static void check(XYChart chart, Series[] series, boolean legend) {
        Require.atLeast("number of series", series.length, 1);
        boolean any = false;
        for (int i = 0; i < series.length; i++) {
            for (int j = 0; j < i; j++) {
                Require.that(
                        !series[i].name().equals(series[j].name()),
                        "name of the series",
                        "new",
                        series[i].name() + ", which the chart has");
            }
            any |= Arrays.stream(series[i].y()).anyMatch(Double::isFinite);
        }
        Require.that(any, "series", "finite somewhere", "finite nowhere");
        Theme.legend(chart.getStyler(), WIDTH, names(series), legend);
    }

    private static List<String> names(Series... series) {
        return Arrays.stream(series).map(Series::name).toList();
    }

    private static boolean drawable(double y, boolean log) {
        return Double.isFinite(y) && (!log || y > 0);
    }

    private static void addLines(XYChart chart, Series[] series, boolean legend, boolean log) {
        check(chart, series, legend);
        for (int i = 0; i < series.length; i++) {
            var y =
                    Arrays.stream(series[i].y())
                            .map(v -> drawable(v, log) ? v : Double.NaN)
                            .toArray();
            if (Arrays.stream(y).allMatch(Double::isNaN)) {
                continue; // XChart has no range for it
            }
            var line = chart.addSeries(series[i].name(), series[i].x(), y);
            line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
            line.setLineColor(Theme.colour(i));
            line.setLineStyle(Theme.stroke(i));
            line.setMarker(Theme.sparse(i));
            line.setMarkerColor(Theme.colour(i));
        }
        Require.that(
                !chart.getSeriesCollection().isEmpty(),
                "series",
                "positive somewhere for a logarithmic axis",
                "positive nowhere");
    }

    private static void logY(XYChart chart, Series... series) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (var s : series) {
            for (double v : s.y()) {
                if (drawable(v, true)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(Theme.decades(low, high, 8));
    }

    private static void logX(XYChart chart, Series... series) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (var s : series) {
            for (double v : s.x()) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(true);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Theme.decades(low, high, 8));
    }
}
