package org.konvergo.notebook;

import java.awt.Graphics2D;
import org.knowm.xchart.XYChart;

/** A chart whose two axes have one scale: it widens the shorter range before it paints. */
final class SquareChart extends XYChart {
    SquareChart(int width, int height) {
        super(width, height);
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        var style = getStyler();
        if (style.getXAxisMin() == null && style.getYAxisMin() == null) {
            double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            for (var series : getSeriesCollection()) {
                widen(x, series.getXData());
                widen(y, series.getYData());
            }
            double half = Math.max(Math.max(x[1] - x[0], y[1] - y[0]) / 2, Double.MIN_NORMAL);
            style.setXAxisMin((x[0] + x[1]) / 2 - half).setXAxisMax((x[0] + x[1]) / 2 + half);
            style.setYAxisMin((y[0] + y[1]) / 2 - half).setYAxisMax((y[0] + y[1]) / 2 + half);
            super.paint(graphics, width, height);
            style.setXAxisMin(null).setXAxisMax(null);
            style.setYAxisMin((Double) null).setYAxisMax((Double) null);
        } else {
            super.paint(graphics, width, height);
        }
    }

    private static void widen(double[] range, double[] values) {
        for (double v : values) {
            if (Double.isFinite(v)) {
                range[0] = Math.min(range[0], v);
                range[1] = Math.max(range[1], v);
            }
        }
    }
}
