package org.konvergo.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.notebook.display.Renderers;
import org.konvergo.random.RandomGraphs;
import org.konvergo.random.RandomStreams;

class ChartsTest {
    private static final double[] X = {1, 2, 3};
    private static final Series LINE = Series.of("a", X, new double[] {3, 2, 1});

    private static void renders(Object chart) {
        assertTrue(Renderers.render(chart).data().get(MimeBundle.PNG).length() > 1000);
    }

    @Test
    void everyKindRenders() {
        var gap = Series.of("b", X, new double[] {1e-3, 0, 1e-9});
        renders(Charts.convergence("c", "x", "y", LINE, gap));
        renders(Charts.logLog("c", "x", "y", LINE, gap));
        renders(Charts.lines("c", "x", "y", LINE, gap));
        renders(Charts.sweep("c", "x", "y", LINE));
        renders(Charts.scatter("c", "x", "y", LINE, gap));
        renders(Charts.plane("c", "x", "y", LINE, gap));
        renders(Charts.histogram("c", "x", X, 2));
        renders(Charts.bars("c", "x", "y", new String[] {"p", "q", "r"}, LINE, gap));
        var seeds = new double[][] {{1, 2, 3}, {2, 3, 4}};
        renders(Charts.band("c", "x", "y", Band.of("s", X, seeds)));
        renders(Charts.logBand("c", "x", "y", Band.of("s", X, seeds)));
        var names = new String[] {"1", "2"};
        renders(Charts.heatMap("c", "x", "y", names, names, new double[][] {{1, 2}, {3, 4}}));
        renders(Charts.heatMap("c", "x", "y", names, names, new double[2][2]));
        renders(Charts.matrix("c", "x", "y", new DMatrixRMaj(new double[][] {{1, 0}, {-2, 3}})));
        renders(Charts.matrix("c", "x", "y", new DMatrixRMaj(1, 1)));
        renders(Charts.image("c", new DMatrixRMaj(6, 3), 2));
        renders(Charts.graph("c", RandomGraphs.ring(5)));
        renders(Charts.row(Charts.lines("c", "x", "y", LINE), Charts.lines("d", "x", "y", LINE)));
    }

    @Test
    void referenceLinesGoIntoTheLegend() {
        var chart = Charts.convergence("c", "x", "y", LINE);
        Charts.horizontal(chart, 1e-3, "tolerance");
        Charts.vertical(chart, 2, "burn-in");
        Charts.reference(chart, "rate", X, X);
        assertTrue(chart.getStyler().isLegendVisible());
        assertEquals(
                "Chart: c. Across: x. Up: y. Series: a; tolerance; burn-in; rate.",
                Renderers.render(chart).text());
    }

    @Test
    void oneSeriesNeedsNoLegendButItsSlopeDoes() {
        assertFalse(Charts.lines("c", "x", "y", LINE).getStyler().isLegendVisible());
        var squares =
                Series.of("cost", new double[] {0, 1, 10, 100}, new double[] {5, 1, 100, 1e4});
        var chart = Charts.logLog("c", "n", "time", squares);
        assertTrue(chart.getStyler().isLegendVisible());
        assertTrue(Renderers.render(chart).text().contains("cost (slope 2)"));
        var flat = Series.of("one point", new double[] {1, 2}, new double[] {1, 0});
        assertTrue(
                Renderers.render(Charts.logLog("c", "n", "t", flat)).text().contains("undefined"));
    }

    @Test
    void zeroAfterConvergenceLeavesAGap() {
        var chart =
                Charts.convergence(
                        "c",
                        "x",
                        "y",
                        Series.of("a", 1, 1e-8, 0, 0),
                        Series.of("zero", 0, 0, 0, 0));
        renders(chart);
        assertTrue(Double.isNaN(chart.getSeries("a").getYData()[2]));
        assertEquals("Chart: c. Across: x. Up: y. Series: a.", Renderers.render(chart).text());
    }

    @Test
    void narrowRangesKeepALinearAxis() {
        assertFalse(
                Charts.convergence("c", "x", "y", Series.of("a", 2, 2.5))
                        .getStyler()
                        .isYAxisLogarithmic());
        assertTrue(
                Charts.convergence("c", "x", "y", Series.of("a", 2, 25))
                        .getStyler()
                        .isYAxisLogarithmic());
    }

    @Test
    void bandIsMedianAndQuantiles() {
        var band =
                Band.of(
                        "s",
                        new double[] {0, 1},
                        new double[][] {{1, 5}, {2, Double.NaN}, {3, 7}, {4, 8}, {5, 9}});
        assertEquals(2, band.low()[0]);
        assertEquals(3, band.middle()[0]);
        assertEquals(4, band.high()[0]);
        assertTrue(Double.isNaN(band.middle()[1]));
    }

    @Test
    void graphWithPositionsRenders() {
        var random = new RandomStreams(1).stream("positions", 0);
        var graph = RandomGraphs.ring(6);
        renders(Charts.graph("g", "x", "y", graph, random.uniforms(6), random.uniforms(6)));
        Rejects.bad(() -> Charts.graph("g", "x", "y", graph, X, X), "x", "6", "3");
    }

    @Property(tries = 60)
    void anyNumbersRenderOrAreRefused(@ForAll @Size(min = 1, max = 6) double[] y) {
        var x = new double[y.length];
        Arrays.setAll(x, i -> i);
        attempt(() -> renders(Charts.convergence("c", "x", "y", Series.of("a", x, y))));
        attempt(() -> renders(Charts.lines("c", "x", "y", Series.of("a", x, y))));
        attempt(() -> renders(Charts.scatter("c", "x", "y", Series.of("a", x, y))));
        attempt(() -> renders(Charts.logLog("c", "x", "y", Series.of("a", x, y))));
    }

    private static void attempt(Runnable chart) {
        try {
            chart.run();
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains("should be"), () -> "not ours: " + e);
        }
    }

    @Test
    void refusesChartsThatCannotBeRead() {
        Rejects.bad(() -> Charts.lines("c", "", "y", LINE), "xTitle");
        Rejects.bad(() -> Charts.lines("c", "x", null, LINE), "yTitle");
        Rejects.bad(() -> Charts.lines("c", "x", "y"), "number of series");
        Rejects.bad(() -> Charts.lines("c", "x", "y", LINE, LINE), "new", "a");
        Rejects.bad(() -> Charts.lines("c", "x", "y", Series.of("n", Double.NaN)), "finite");
        Rejects.bad(() -> Charts.convergence("c", "x", "y", Series.of("z", 0, -1)), "positive");
        Rejects.bad(() -> Charts.sweep("c", "x", "y", Series.of("z", 1)), "positive");
        Rejects.bad(() -> Charts.bars("c", "x", "y", new String[] {"p"}, LINE), "a", "1", "3");
        Rejects.bad(() -> Charts.histogram("c", "x", new double[] {1, 1}, 3), "all equal");
        Rejects.bad(() -> Charts.histogram("c", "x", X, 0), "bins");
        Rejects.bad(() -> Charts.matrix("c", "x", "y", new DMatrixRMaj(0, 2)), "rows");
        var nan = new DMatrixRMaj(new double[][] {{Double.NaN}});
        Rejects.bad(() -> Charts.matrix("c", "x", "y", nan), "matrix(0,0)");
        Rejects.bad(() -> Charts.image("c", new DMatrixRMaj(0, 3), 1), "number of pixels");
        Rejects.bad(() -> Charts.image("c", new DMatrixRMaj(4, 2), 2), "columns of pixels");
        Rejects.bad(() -> Charts.image("c", new DMatrixRMaj(4, 3), 3), "width", "4");
        var colourless = new DMatrixRMaj(new double[][] {{0, Double.NaN, 0}});
        Rejects.bad(() -> Charts.image("c", colourless, 1), "pixels(0,1)");
        Rejects.bad(() -> Charts.row(), "number of charts");
        Rejects.bad(() -> Charts.band("c", "x", "y"), "number of bands");
        var one = new String[] {"1"};
        Rejects.bad(() -> Charts.heatMap("c", "x", "y", one, one, new double[2][1]), "values");
        Rejects.bad(() -> Charts.heatMap("c", "x", "y", one, one, new double[1][2]), "values[0]");
        var chart = Charts.convergence("c", "x", "y", Series.of("a", 1, 1e-9));
        Rejects.bad(() -> Charts.horizontal(chart, 0, "zero"), "y", "positive");
        Rejects.bad(() -> Charts.horizontal(chart, Double.NaN, "nan"), "y", "NaN");
        Rejects.bad(() -> Charts.reference(chart, "a", X, X), "new");
        Rejects.bad(() -> Series.of("", X, X), "name");
        Rejects.bad(() -> Series.of("s", X, new double[2]), "y of s", "3", "2");
        Rejects.bad(() -> Series.of("s"), "number of points");
        Rejects.bad(() -> Series.of("s", new double[] {Double.NaN}, new double[1]), "x of s");
        Rejects.bad(() -> Band.of("s", X, new double[0][]), "seeds");
        Rejects.bad(() -> Band.of("s", X, new double[1][2]), "bySeed[0]");
        Rejects.bad(() -> Band.of("s", X, new double[1][3], -1, 2), "probability");
    }
}
