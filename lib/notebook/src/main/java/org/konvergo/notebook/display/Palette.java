package org.konvergo.notebook.display;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures with 256 colours, less than half as large as true-colour ones. A chart has few colours
 * but many shades at smoothed edges; the rare ones become their nearest neighbours, which no eye
 * sees.
 */
final class Palette {
    private static final int COLOURS = 256;

    /**
     * Pictures in which the palette would change more than this share of pixels stay as they are.
     */
    private static final double LARGEST_CHANGE = 0.02;

    private Palette() {}

    static BufferedImage reduce(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> byFrequency =
                counts.keySet().stream()
                        .sorted(
                                Comparator.<Integer>comparingInt(counts::get)
                                        .reversed()
                                        .thenComparing(Comparator.naturalOrder()))
                        .toList();
        var kept = byFrequency.subList(0, Math.min(COLOURS, byFrequency.size()));
        long same = kept.stream().mapToLong(counts::get).sum();
        if (pixels.length - same > LARGEST_CHANGE * pixels.length) {
            return image;
        }
        Map<Integer, Integer> index = new HashMap<>();
        for (int colour : byFrequency) {
            index.put(colour, nearest(colour, kept));
        }
        int[] table = kept.stream().mapToInt(Integer::intValue).toArray();
        var model = new IndexColorModel(8, table.length, table, 0, false, -1, 0);
        var reduced = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        var raster = reduced.getRaster();
        int[] indices = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            indices[i] = index.get(pixels[i]);
        }
        raster.setPixels(0, 0, width, height, indices);
        return reduced;
    }

    private static int nearest(int colour, List<Integer> palette) {
        int best = 0;
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < palette.size() && smallest > 0; i++) {
            int distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (colour >> shift & 255) - (palette.get(i) >> shift & 255);
                distance += difference * difference;
            }
            if (distance < smallest) {
                smallest = distance;
                best = i;
            }
        }
        return best;
    }
}
