package org.konvergo.notebook;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrix;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.metric.BootstrapInterval;
import org.konvergo.metric.LogLogSlope;
import org.konvergo.notebook.display.Numbers;
import org.konvergo.random.Graph;

/**
 * Makes finished charts, which can still be styled as any of XChart's.
 *
 * <p>Every axis needs a title: a chart without is an {@link IllegalArgumentException}.
 */
public final class Charts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 460;
    private static final int SQUARE = 560;
    private static final int DECADES = 8;
    private static final double MANY_DECADES = 1e5;
    private static final double NARROW = 3;

    /** XChart never ends choosing the ticks of a linear axis that reaches much further. */
    private static final double LARGEST = 1e15;

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
        int[] kept = IntStream.range(0, series.x().length).filter(i -> series.x()[i] > 0).toArray();
        Require.that(kept.length > 0, "x of " + series.name(), "positive somewhere", "nowhere");
        return new Series(
                series.name(),
                Arrays.stream(kept).mapToDouble(i -> series.x()[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> series.y()[i]).toArray());
    }

    private static String slope(Series series) {
        int[] kept =
                IntStream.range(0, series.x().length)
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
        addPoints(chart, groups);
        return chart;
    }

    private static void addPoints(XYChart chart, Series... groups) {
        check(groups, false);
        for (int i = 0; i < groups.length; i++) {
            var y = drawable(groups[i].y(), false);
            if (Arrays.stream(y).allMatch(Double::isNaN)) {
                continue;
            }
            var points = chart.addSeries(groups[i].name(), groups[i].x(), y);
            points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            points.setMarker(Theme.marker(i));
            points.setMarkerColor(translucent(Theme.colour(i), groups[i].x().length));
        }
        roundTicks(chart);
        relabel(chart, false);
    }

    private static Color translucent(Color c, int points) {
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), points > 200 ? 110 : 200);
    }

    /**
     * Points in a square picture with one scale for both axes, so that circles are round.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param groups the points, each group in its colour and marker
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, a name comes twice or there is
     *     no finite point
     */
    public static XYChart plane(String title, String xTitle, String yTitle, Series... groups) {
        var chart = new SquareChart(SQUARE, SQUARE + 40);
        finish(chart, title, xTitle, yTitle);
        addPoints(chart, groups);
        return chart;
    }

    /**
     * Histogram, scaled to a density, with the density's Gaussian kernel estimate (Silverman's
     * bandwidth).
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param values at least two, finite, not all equal
     * @param bins number of bins, at least 1
     * @return the chart
     * @throws IllegalArgumentException if the axis title is missing or an argument out of range
     */
    public static XYChart histogram(String title, String xTitle, double[] values, int bins) {
        requireReach("values", values);
        Require.atLeast("number of values", values.length, 2);
        Require.atLeast("bins", bins, 1);
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        Require.that(low < high, "values", "not all equal", "all " + low);
        double width = (high - low) / bins;
        var counts = new int[bins];
        for (double v : values) {
            counts[Math.min(bins - 1, (int) ((v - low) / width))]++;
        }
        var x = new double[4 * bins];
        var y = new double[4 * bins];
        for (int b = 0; b < bins; b++) {
            double height = counts[b] / (width * values.length);
            for (int k = 0; k < 4; k++) {
                x[4 * b + k] = low + (k < 2 ? b : b + 1) * width;
                y[4 * b + k] = k == 1 || k == 2 ? height : 0;
            }
        }
        var chart = xy(title, xTitle, "density");
        var bars = chart.addSeries("histogram", x, y);
        bars.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        bars.setFillColor(Theme.shade(0));
        bars.setLineColor(Theme.colour(0));
        bars.setLineWidth(1);
        bars.setMarker(SeriesMarkers.NONE);
        var density = density(values, low, high);
        var line = chart.addSeries("density estimate", density.x(), density.y());
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setLineColor(Theme.colour(1));
        line.setLineStyle(Theme.stroke(0));
        line.setMarker(SeriesMarkers.NONE);
        chart.getStyler().setYAxisMin(0.0);
        relabel(chart, true);
        roundTicks(chart);
        return chart;
    }

    /** Gaussian kernel estimate at 200 points, three bandwidths beyond the data. */
    private static Series density(double[] values, double low, double high) {
        int n = values.length;
        double mean = Kernels.sum(values) / n;
        double squares = 0;
        for (double v : values) {
            squares = Math.fma(v - mean, v - mean, squares);
        }
        double deviation = Math.sqrt(squares / (n - 1));
        double quartiles =
                (BootstrapInterval.quantile(values, 0.75)
                                - BootstrapInterval.quantile(values, 0.25))
                        / 1.34;
        double spread = quartiles > 0 ? Math.min(deviation, quartiles) : deviation;
        double h = 0.9 * spread * StrictMath.pow(n, -0.2);
        var x = new double[200];
        var y = new double[200];
        for (int i = 0; i < x.length; i++) {
            x[i] = low - 3 * h + i * (high - low + 6 * h) / (x.length - 1);
            for (double v : values) {
                double u = (x[i] - v) / h;
                y[i] += StrictMath.exp(-0.5 * u * u);
            }
            y[i] /= n * h * Math.sqrt(2 * Math.PI);
        }
        return new Series("density estimate", x, y);
    }

    /**
     * Heat map over two lists of labels, such as the values of two parameters.
     *
     * @param title the chart's title
     * @param xTitle title of the columns
     * @param yTitle title of the rows
     * @param columns labels of the columns
     * @param rows labels of the rows, the first at the bottom
     * @param values one array a row, one finite number a column
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, or the shape or a number is
     *     wrong
     */
    public static HeatMapChart heatMap(
            String title,
            String xTitle,
            String yTitle,
            String[] columns,
            String[] rows,
            double[][] values) {
        Require.atLeast("number of columns", columns.length, 1);
        Require.atLeast("number of rows", rows.length, 1);
        Require.that(
                values.length == rows.length,
                "values",
                "of " + rows.length + " rows",
                "of " + values.length);
        var cells = new ArrayList<Number[]>();
        for (int i = 0; i < rows.length; i++) {
            Require.length("values[" + i + "]", values[i], columns.length);
            Require.finite("values[" + i + "]", values[i]);
            for (int j = 0; j < columns.length; j++) {
                cells.add(new Number[] {j, i, values[i][j]});
            }
        }
        // The builder alone makes a heat map with title and axes.
        var chart = new HeatMapChartBuilder().width(WIDTH).height(HEIGHT).build();
        finish(chart, title, xTitle, yTitle);
        var style = chart.getStyler();
        style.setPlotContentSize(1);
        style.setPlotGridLinesVisible(false);
        style.setRangeColors(Theme.heat());
        double low = Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElseThrow();
        double high = Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElseThrow();
        style.setMin(rounded(low, RoundingMode.FLOOR));
        style.setMax(rounded(low < high ? high : low + 1, RoundingMode.CEILING));
        style.setXAxisTickMarkSpacingHint(14 + 9 * longest(columns));
        style.setYAxisTickMarkSpacingHint(24);
        style.setHeatMapDecimalValueFormatter(value -> Numbers.format(value));
        style.setGradientColorColumnWeight(20);
        style.setGradientColorColumnHeight(280);
        style.setLegendVisible(true);
        style.setLegendPosition(LegendPosition.OutsideE);
        chart.addSeries(yTitle, List.of(columns), List.of(rows), cells);
        return chart;
    }

    private static int longest(String... labels) {
        return Arrays.stream(labels).mapToInt(String::length).max().orElse(0);
    }

    /** Three significant digits, so that the colour bar's ends read well and hold the values. */
    private static double rounded(double x, RoundingMode mode) {
        return new BigDecimal(x).round(new MathContext(3, mode)).doubleValue();
    }

    /**
     * Picture of a matrix: each entry a cell, the first row on top, zero white, positive entries
     * blue and negative ones red, the darker the larger. Shows sparsity, plans and adjacency.
     *
     * @param title the chart's title
     * @param xTitle title of the columns
     * @param yTitle title of the rows
     * @param matrix the matrix, with finite entries
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, or the matrix is empty or holds
     *     an entry that is not finite
     */
    public static XYChart matrix(String title, String xTitle, String yTitle, DMatrix matrix) {
        int rows = Require.notNull("matrix", matrix).getNumRows();
        int columns = matrix.getNumCols();
        Require.atLeast("number of rows", rows, 1);
        Require.atLeast("number of columns", columns, 1);
        return picture(title, xTitle, yTitle, rows, columns, MatrixPicture.of(matrix));
    }

    /**
     * A colour image, the first row on top.
     *
     * @param title the chart's title
     * @param pixels one row a pixel, row by row of the image: red, green and blue, where 0 is dark
     *     and 1 is bright; values outside are cut off
     * @param width pixels in a row of the image, a divisor of their number
     * @return the chart, with pixels counted along both axes
     * @throws IllegalArgumentException if there are no pixels, a colour is missing or not a number,
     *     or the width does not divide their number
     */
    public static XYChart image(String title, DMatrix pixels, int width) {
        int count = Require.notNull("pixels", pixels).getNumRows();
        Require.atLeast("number of pixels", count, 1);
        Require.that(pixels.getNumCols() == 3, "columns of pixels", "3", pixels.getNumCols());
        Require.that(width >= 1 && count % width == 0, "width", "a divisor of " + count, width);
        int height = count / width;
        var picture = MatrixPicture.ofColours(pixels, width);
        return picture(title, "pixel", "pixel", height, width, picture);
    }

    private static XYChart picture(
            String title,
            String xTitle,
            String yTitle,
            int rows,
            int columns,
            MatrixPicture picture) {
        var chart = new SquareChart(SQUARE, SQUARE);
        finish(chart, title, xTitle, yTitle);
        var style = chart.getStyler();
        style.setLegendVisible(false);
        style.setPlotGridLinesVisible(false);
        style.setPlotContentSize(1);
        style.setXAxisMin(0.0);
        style.setXAxisMax((double) columns);
        style.setYAxisMin((double) -rows);
        style.setYAxisMax(0.0);
        style.setAxisTicksLineVisible(false);
        style.setYAxisTickLabelsFormattingFunction(y -> Numbers.format(Math.abs(y)));
        hidden(
                chart,
                "ticks",
                new double[] {0, 0.381966 * columns, columns},
                0,
                -0.381966 * rows,
                -rows);
        chart.addAnnotation(picture);
        return chart;
    }

    /**
     * Picture of a graph: nodes where they lie, edges between them.
     *
     * @param title the chart's title
     * @param xTitle title of the abscissa
     * @param yTitle title of the ordinate
     * @param graph the graph
     * @param x abscissa of each node
     * @param y ordinate of each node
     * @return the chart
     * @throws IllegalArgumentException if an axis title is missing, the graph has no nodes or a
     *     length is wrong
     */
    public static XYChart graph(
            String title, String xTitle, String yTitle, Graph graph, double[] x, double[] y) {
        int n = Require.atLeast("number of nodes", Require.notNull("graph", graph).nodes(), 1);
        Require.length("x", x, n);
        Require.length("y", y, n);
        requireReach("x", x);
        requireReach("y", y);
        var chart = new SquareChart(SQUARE, SQUARE + 40);
        finish(chart, title, xTitle, yTitle);
        int number = 0;
        for (var edge : graph.edges()) {
            var ends = new double[] {x[edge.from()], x[edge.to()]};
            var line = hidden(chart, "edge " + number++, ends, y[edge.from()], y[edge.to()]);
            line.setLineStyle(Theme.grid());
            line.setLineColor(Theme.GREY);
        }
        var nodes = chart.addSeries("nodes", x, y);
        nodes.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        nodes.setMarker(Theme.marker(0));
        nodes.setMarkerColor(Theme.colour(0));
        relabel(chart, false);
        roundTicks(chart);
        return chart;
    }

    /**
     * Picture of a graph with its nodes on a circle.
     *
     * @param title the chart's title
     * @param graph the graph
     * @return the chart
     * @throws IllegalArgumentException if the graph has no nodes
     */
    public static XYChart graph(String title, Graph graph) {
        int n = Require.atLeast("number of nodes", Require.notNull("graph", graph).nodes(), 1);
        var x = new double[n];
        var y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = StrictMath.sin(2 * Math.PI * i / n);
            y[i] = StrictMath.cos(2 * Math.PI * i / n);
        }
        var chart = graph(title, "nodes on a circle", "clockwise from the top", graph, x, y);
        chart.getStyler().setAxisTicksVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false);
        return chart;
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
        var chart = new CategoryChart(WIDTH, HEIGHT);
        finish(chart, title, xTitle, yTitle);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setAvailableSpaceFill(series.length == 1 ? 0.6 : 0.8);
        var names = List.of(categories);
        for (int i = 0; i < series.length; i++) {
            Require.length("y of " + series[i].name(), series[i].y(), categories.length);
            requireReach("y of " + series[i].name(), series[i].y());
            requireNew(chart, series[i].name());
            var bars =
                    chart.addSeries(
                            series[i].name(), names, Arrays.stream(series[i].y()).boxed().toList());
            bars.setFillColor(Theme.colour(i));
        }
        relabel(chart, false);
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
        Require.within("y", y, -LARGEST, LARGEST);
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
        Require.within("x", x, -LARGEST, LARGEST);
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
        requireNew(chart, new Series(label, x, y).name());
        requireReach("x", x);
        var line =
                chart.addSeries(
                        label, x.clone(), drawable(y, chart.getStyler().isYAxisLogarithmic()));
        line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        line.setLineStyle(Theme.reference());
        line.setLineColor(Theme.GREY);
        line.setMarker(SeriesMarkers.NONE);
        relabel(chart, true);
        return chart;
    }

    private static double[] range(XYChart chart, boolean ofX) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (XYSeries series : chart.getSeriesCollection()) {
            boolean drawn =
                    !series.getName().equals("ticks") && !series.getName().startsWith("grid ");
            for (double v : !drawn ? new double[0] : ofX ? series.getXData() : series.getYData()) {
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
        var chart = new XYChart(WIDTH, HEIGHT);
        finish(chart, title, xTitle, yTitle);
        return chart;
    }

    private static void finish(AxesChart<?, ?> chart, String title, String xTitle, String yTitle) {
        chart.setTitle(title == null ? "" : title);
        chart.setXAxisTitle(axis("xTitle", xTitle));
        chart.setYAxisTitle(axis("yTitle", yTitle));
        Theme.apply(chart.getStyler());
    }

    /** Places the legend for the names that it shows. */
    private static void relabel(AxesChart<?, ?> chart, boolean always) {
        var shown = new ArrayList<String>();
        for (var series : chart.getSeriesCollection()) {
            if (series.isShowInLegend()) {
                shown.add(series.getName());
                // XChart leaves no room between the entries.
                series.setLabel(series.getName() + "   ");
            }
        }
        Theme.legend(chart.getStyler(), chart.getWidth(), shown, always);
    }

    private static String axis(String name, String title) {
        Require.that(title != null && !title.isBlank(), name, "given: axes need titles", "none");
        return title;
    }

    private static void requireReach(String name, double... values) {
        for (int i = 0; i < values.length; i++) {
            Require.within(name + "[" + i + "]", values[i], -LARGEST, LARGEST);
        }
    }

    private static void requireNew(Chart<?, ?> chart, String name) {
        Require.that(
                chart.getSeries(name) == null,
                "name of the series",
                "new",
                name + ", which the chart has");
    }

    private static void check(Series[] series, boolean log) {
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
            any |= Arrays.stream(series[i].y()).anyMatch(y -> drawable(y, log));
            requireReach("x of " + series[i].name(), series[i].x());
        }
        Require.that(
                any,
                "series",
                log
                        ? "positive and finite somewhere for a logarithmic axis"
                        : "finite and at most " + LARGEST + " in size somewhere",
                "so nowhere");
    }

    private static boolean drawable(double y, boolean log) {
        return Double.isFinite(y) && (log ? y > 0 : Math.abs(y) <= LARGEST);
    }

    /** Leaves a gap for what cannot be drawn. */
    private static double[] drawable(double[] y, boolean log) {
        return Arrays.stream(y).map(v -> drawable(v, log) ? v : Double.NaN).toArray();
    }

    private static void addLines(XYChart chart, Series[] series, boolean legend, boolean log) {
        check(series, log);
        for (int i = 0; i < series.length; i++) {
            var y = drawable(series[i].y(), log);
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
        roundTicks(chart);
        relabel(chart, legend);
    }

    private static void logY(XYChart chart, Series... series) {
        var range = logRange(Arrays.stream(series).map(Series::y).toArray(double[][]::new));
        var style = chart.getStyler();
        if (narrow(range)) {
            return; // a logarithmic axis of so short a range would have no round labels
        }
        style.setYAxisLogarithmic(true);
        style.setYAxisLogarithmicDecadeOnly(false);
        style.setYAxisTickLabelsFormattingFunction(Theme.decades(range[0], range[1], DECADES));
        if (range[1] / range[0] > MANY_DECADES) {
            // XChart draws a line for each digit of each decade, which many decades turn into a
            // grey field: draw those of the labelled decades only.
            style.setPlotGridHorizontalLinesVisible(false);
            style.setAxisTicksMarksVisible(false);
            int every = Theme.everyDecade(range[0], range[1], DECADES);
            int from = (int) Math.ceil(StrictMath.log10(range[0]));
            for (int k = from; k <= StrictMath.log10(range[1]); k++) {
                if (k % every == 0) {
                    double y = StrictMath.pow(10, k);
                    var line = hidden(chart, "grid " + k, range(chart, true), y, y);
                    line.setLineStyle(Theme.grid());
                    line.setLineColor(Theme.GRID);
                }
            }
            bringForward(chart, "grid ");
        }
    }

    /** Draws what has a name with this beginning first, that is, below the rest. */
    private static void bringForward(XYChart chart, String beginning) {
        for (var series : List.copyOf(chart.getSeriesCollection())) {
            if (!series.getName().startsWith(beginning)) {
                chart.removeSeries(series.getName());
                var again = chart.addSeries(series.getName(), series.getXData(), series.getYData());
                again.setXYSeriesRenderStyle(series.getXYSeriesRenderStyle().orElseThrow());
                again.setLineColor(series.getLineColor());
                again.setLineStyle(series.getLineStyle());
                again.setFillColor(series.getFillColor());
                again.setMarker(series.getMarker());
                again.setMarkerColor(series.getMarkerColor());
                again.setShowInLegend(series.isShowInLegend());
                again.setLabel(series.getLabel());
            }
        }
    }

    private static void logX(XYChart chart, Series... series) {
        var range = logRange(Arrays.stream(series).map(Series::x).toArray(double[][]::new));
        var style = chart.getStyler();
        if (narrow(range)) {
            return;
        }
        style.setXAxisLogarithmic(true);
        style.setXAxisLogarithmicDecadeOnly(false);
        style.setXAxisTickLabelsFormattingFunction(Theme.decades(range[0], range[1], DECADES));
    }

    private static boolean narrow(double... range) {
        return range[1] <= LARGEST && range[1] < NARROW * range[0];
    }

    private static double[] logRange(double[][] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (var some : values) {
            for (double v : some) {
                if (drawable(v, true)) {
                    low = Math.min(low, v);
                    high = Math.max(high, v);
                }
            }
        }
        return new double[] {low, high};
    }

    /** A series that is not in the legend. */
    private static XYSeries hidden(XYChart chart, String name, double[] x, double... y) {
        var series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(false);
        return series;
    }

    /**
     * Adds an invisible point between the others. XChart takes equally spaced abscissas for the
     * ticks, however they crowd; with this point they are not equally spaced, and it chooses round
     * numbers.
     */
    private static void roundTicks(XYChart chart) {
        var range = range(chart, true);
        if (range[0] < range[1]) {
            double between = range[0] + 0.3819660112501051 * (range[1] - range[0]);
            double y = range(chart, false)[0];
            hidden(chart, "ticks", new double[] {between}, y);
        }
        boolean whole = true;
        for (var series : chart.getSeriesCollection()) {
            if (series.isShowInLegend()) {
                whole &= Arrays.stream(series.getXData()).allMatch(x -> x == Math.rint(x));
            }
        }
        var across = Theme.linear(range[0], range[1]);
        var up = range(chart, false);
        var style = chart.getStyler();
        style.setXAxisTickLabelsFormattingFunction(
                whole // no half iterations
                        ? x -> Math.abs(x - Math.rint(x)) < 1e-9 ? across.apply(x) : ""
                        : across);
        style.setYAxisTickLabelsFormattingFunction(Theme.linear(up[0], up[1]));
    }
}
