package org.konvergo.notebook.display;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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
        int[] colours = pixels.clone();
        Arrays.sort(colours);
        var runs = new ArrayList<Run>();
        for (int i = 0; i < colours.length; ) {
            int from = i;
            while (i < colours.length && colours[i] == colours[from]) {
                i++;
            }
            runs.add(new Run(colours[from], i - from));
        }
        runs.sort(Comparator.comparingInt(Run::count).reversed().thenComparing(Run::colour));
        var kept = runs.subList(0, Math.min(COLOURS, runs.size()));
        long same = kept.stream().mapToLong(Run::count).sum();
        if (pixels.length - same > LARGEST_CHANGE * pixels.length) {
            return image;
        }
        int[] table = kept.stream().mapToInt(Run::colour).toArray();
        Map<Integer, Byte> index = new HashMap<>();
        for (var run : runs) {
            index.put(run.colour, (byte) nearest(run.colour, table));
        }
        var model = new IndexColorModel(8, table.length, table, 0, false, -1, 0);
        var reduced = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        byte[] target = ((DataBufferByte) reduced.getRaster().getDataBuffer()).getData();
        // Most pixels have the colour of their left neighbour.
        int last = pixels[0];
        byte lastIndex = index.get(last);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] != last) {
                last = pixels[i];
                lastIndex = index.get(last);
            }
            target[i] = lastIndex;
        }
        return reduced;
    }

    /** A colour and the number of its pixels. */
    private record Run(int colour, int count) {}

    private static int nearest(int colour, int[] palette) {
        int best = 0;
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length && smallest > 0; i++) {
            int distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (colour >> shift & 255) - (palette[i] >> shift & 255);
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
