package org.konvergo.notebook;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.konvergo.notebook.display.Numbers;

/** How all charts look: readable from the last row of a lecture room, and by the colour-blind. */
final class Theme {
    /** Okabe and Ito's colours without yellow, which white swallows. */
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x000000),
        new Color(0xE69F00),
        new Color(0x56B4E9),
    };

    private static final float[][] DASHES = {null, {9, 5}, {2, 4}, {9, 4, 2, 4}, {14, 4}};

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_DOWN,
    };

    static final Color GREY = new Color(0x6B6B6B);
    static final Color GRID = new Color(0xE3E3E3);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Theme() {}

    static Color colour(int i) {
        return COLOURS[i % COLOURS.length];
    }

    static Color shade(int i) {
        var c = colour(i);
        return new Color(c.getRed(), c.getGreen(), c.getBlue(), 56);
    }

    static BasicStroke stroke(int i) {
        return stroke(DASHES[i % DASHES.length], 2.4f);
    }

    static BasicStroke grid() {
        return stroke(null, 1);
    }

    static BasicStroke reference() {
        return stroke(new float[] {5, 5}, 1.6f);
    }

    private static BasicStroke stroke(float[] dash, float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    static Marker marker(int i) {
        return MARKERS[i % MARKERS.length];
    }

    /** A marker that leaves out what would come too close to the last one drawn. */
    static Marker sparse(int i) {
        return new SparseMarker(marker(i));
    }

    static void apply(AxesChartStyler style) {
        style.setBaseFont(TEXT);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartFontColor(Color.BLACK);
        style.setPlotBorderVisible(false);
        style.setChartTitleFont(TEXT.deriveFont(Font.BOLD, 17));
        style.setChartTitleBoxVisible(false);
        style.setChartTitlePadding(8);
        style.setAxisTitleFont(TEXT);
        style.setAxisTitlePadding(8);
        style.setAxisTickLabelsFont(TEXT.deriveFont(14f));
        style.setAxisTickLabelsColor(Color.BLACK);
        style.setAxisTickMarksColor(GREY);
        style.setAxisTickMarkLength(5);
        style.setAxisTickPadding(5);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(stroke(null, 1));
        style.setPlotMargin(0);
        style.setPlotContentSize(0.96);
        style.setXAxisTickMarkSpacingHint(90);
        style.setYAxisTickMarkSpacingHint(48);
        style.setLegendFont(TEXT);
        style.setLegendBorderColor(Color.WHITE);
        style.setLegendBackgroundColor(Color.WHITE);
        style.setLegendPadding(16);
        style.setLegendSeriesLineLength(36);
        style.setMarkerSize(9);
        style.setChartPadding(12);
        style.setAntiAlias(true);
        style.setLocale(Locale.ROOT);
        style.setDecimalPattern("#.####");
    }

    /** Legend below if it fits there in one line, else at the right: never over the data. */
    static void legend(AxesChartStyler style, int width, Iterable<String> names, boolean always) {
        int count = 0;
        double length = 0;
        for (String name : names) {
            count++;
            length += 62 + 8.3 * name.length();
        }
        style.setLegendVisible(count > 1 || (always && count == 1));
        boolean below = length < width - 60;
        style.setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE);
        style.setLegendLayout(below ? LegendLayout.Horizontal : LegendLayout.Vertical);
    }

    /** Labels of a linear axis: as many digits as tell its ticks apart. */
    static Function<Double, String> linear(double low, double high) {
        double range = high - low;
        double size = Math.max(Math.abs(low), Math.abs(high));
        int digits =
                range > 0 && size > range
                        ? Math.min(17, (int) Math.ceil(StrictMath.log10(size / range)) + 4)
                        : 4;
        // Rounding leaves something like 1e-17 where zero is meant.
        return value -> Numbers.format(Math.abs(value) < 1e-9 * range ? 0 : value, digits);
    }

    /**
     * Labels of a log axis: powers of ten, every one or every k-th so that they do not crowd; below
     * two decades 2 and 5 as well.
     */
    static Function<Double, String> decades(double low, double high, int most) {
        double span = StrictMath.log10(high) - StrictMath.log10(low);
        int every = everyDecade(low, high, most);
        return value -> {
            long exponent = (long) Math.floor(StrictMath.log10(value) + 1e-9);
            long digit = Math.round(value / StrictMath.pow(10, (double) exponent));
            if (Math.abs(value / ((double) digit * StrictMath.pow(10, (double) exponent)) - 1)
                    > 1e-6) {
                return ""; // XChart puts a tick at the smallest value too
            }
            if (digit == 1) {
                return exponent % every == 0 ? power(exponent) : "";
            }
            boolean labelled = span < 0.7 || (span < 2 && (digit == 2 || digit == 5));
            return labelled
                    ? Numbers.format((double) digit * StrictMath.pow(10, (double) exponent))
                    : "";
        };
    }

    static int everyDecade(double low, double high, int most) {
        double span = StrictMath.log10(high) - StrictMath.log10(low);
        return Math.max(1, ((int) Math.ceil(span) + most) / most);
    }

    /**
     * Colours of equal steps in lightness, dark to light, that the colour-blind tell apart too
     * (cividis: Nunez, Anderton and Renslow, PLoS ONE 13(7), 2018; nine of its colours).
     */
    static Color[] heat() {
        int[] rgb = {
            0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xFEE838
        };
        var heat = new Color[rgb.length];
        for (int i = 0; i < heat.length; i++) {
            heat[i] = new Color(rgb[i]);
        }
        return heat;
    }

    private static String power(long exponent) {
        if (exponent >= 0 && exponent <= 3) {
            return String.valueOf(new int[] {1, 10, 100, 1000}[(int) exponent]);
        }
        if (exponent == -1) {
            return "0.1";
        }
        var text = new StringBuilder("10");
        for (char c : Long.toString(exponent).toCharArray()) {
            text.append(c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
        }
        return text.toString();
    }

    private static final class SparseMarker extends Marker {
        private static final double APART = 42;

        private final Marker marker;
        private double x = Double.NaN;
        private double y = Double.NaN;
        private double travelled;

        SparseMarker(Marker marker) {
            this.marker = marker;
        }

        @Override
        public void paint(Graphics2D graphics, double left, double top, int size) {
            double dx = left - x;
            double dy = top - y;
            travelled += Math.sqrt(dx * dx + dy * dy);
            x = left;
            y = top;
            // Not a number before the first point.
            if (!(travelled < APART)) {
                travelled = 0;
                marker.paint(graphics, left, top, size);
            }
        }
    }
}
