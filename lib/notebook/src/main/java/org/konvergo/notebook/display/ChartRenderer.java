package org.konvergo.notebook.display;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.Series;

/** Charts as images at twice their size, on opaque white, so that they read on any page. */
final class ChartRenderer {
    private static final int SCALE = 2;

    private ChartRenderer() {}

    static MimeBundle render(Chart<?, ?> chart) {
        return row(List.of(chart));
    }

    /** Charts side by side in one image. */
    static MimeBundle row(List<? extends Chart<?, ?>> charts) {
        int width = 0;
        int height = 0;
        for (var chart : charts) {
            width += chart.getWidth();
            height = Math.max(height, chart.getHeight());
        }
        var image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.setRenderingHint(
                    RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(
                    RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(SCALE, SCALE);
            int left = 0;
            for (var chart : charts) {
                var part = (Graphics2D) graphics.create();
                part.translate(left, 0);
                chart.paint(part, chart.getWidth(), chart.getHeight());
                part.dispose();
                left += chart.getWidth();
            }
        } finally {
            graphics.dispose();
        }
        var texts = new ArrayList<String>();
        for (var chart : charts) {
            texts.add(describe(chart));
            Figures.note(chart);
        }
        return MimeBundle.png(Png.encode(image), width, height, String.join("\n", texts));
    }

    private static String describe(Chart<?, ?> chart) {
        var text = new StringBuilder("Chart");
        if (chart.getTitle() != null && !chart.getTitle().isEmpty()) {
            text.append(": ").append(chart.getTitle());
        }
        if (chart instanceof AxesChart<?, ?> axes) {
            text.append(". Across: ").append(axes.getXAxisTitle());
            text.append(". Up: ").append(axes.getYAxisTitle());
        }
        var names = new ArrayList<String>();
        for (Series series : chart.getSeriesCollection()) {
            if (series.isShowInLegend()) {
                names.add(series.getLabel().strip());
            }
        }
        return text + ". " + (names.isEmpty() ? "" : "Series: " + String.join("; ", names) + ".");
    }
}
