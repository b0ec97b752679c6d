package org.konvergo.notebook;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.ejml.data.DMatrix;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.konvergo.Bits;
import org.konvergo.Require;

/** Paints a matrix over the part of a chart where x runs from 0 to its columns, -y to its rows. */
final class MatrixPicture extends Annotation {
    private static final int WHITE = 0xFFFFFF;
    private static final int POSITIVE = 0x0072B2;
    private static final int NEGATIVE = 0xD55E00;

    /** What the smallest entry keeps of its colour, so that it does not look like zero. */
    private static final double LEAST = 0.18;

    private final BufferedImage image;

    private MatrixPicture(BufferedImage image) {
        super(false);
        this.image = image;
    }

    static MatrixPicture of(DMatrix matrix) {
        int rows = matrix.getNumRows();
        int columns = matrix.getNumCols();
        if (Bits.wanted()) {
            Bits.note("picture of a matrix, " + rows + " x " + columns, digest(matrix));
        }
        double largest = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double entry = Require.finite("matrix(" + i + "," + j + ")", matrix.get(i, j));
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        var image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double entry = matrix.get(i, j);
                double part = entry == 0 ? 0 : LEAST + (1 - LEAST) * Math.abs(entry) / largest;
                image.setRGB(j, i, mix(entry < 0 ? NEGATIVE : POSITIVE, part));
            }
        }
        return new MatrixPicture(image);
    }

    /** An image whose pixels are the rows of a matrix: red, green and blue in [0, 1]. */
    static MatrixPicture ofColours(DMatrix pixels, int width) {
        int height = pixels.getNumRows() / width;
        if (Bits.wanted()) {
            Bits.note("image, " + height + " x " + width, digest(pixels));
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < pixels.getNumRows(); p++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                double part = Require.finite("pixels(" + p + "," + c + ")", pixels.get(p, c));
                rgb = rgb << 8 | (int) Math.rint(255 * Math.min(Math.max(part, 0), 1));
            }
            image.setRGB(p % width, p / width, rgb);
        }
        return new MatrixPicture(image);
    }

    private static double digest(DMatrix matrix) {
        var entries = new double[matrix.getNumRows()][matrix.getNumCols()];
        for (int i = 0; i < entries.length; i++) {
            for (int j = 0; j < entries[i].length; j++) {
                entries[i][j] = matrix.get(i, j);
            }
        }
        return Bits.digest(entries);
    }

    private static int mix(int colour, double part) {
        int rgb = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int from = WHITE >> shift & 0xFF;
            int to = colour >> shift & 0xFF;
            rgb |= (int) Math.rint(from + (to - from) * part) << shift;
        }
        return rgb;
    }

    @Override
    public void paint(Graphics2D graphics) {
        int left = getXAxisScreenValue(0);
        int top = getYAxisScreenValue(0);
        int right = getXAxisScreenValue(image.getWidth());
        int bottom = getYAxisScreenValue(-image.getHeight());
        bounds = new Rectangle2D.Double(left, top, right - left, bottom - top);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(image, left, top, right - left, bottom - top, null);
        graphics.setColor(Theme.GREY);
        graphics.draw(bounds);
    }
}
