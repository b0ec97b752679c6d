package org.konvergo.notebook.display;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures with 256 colours, less than half as large as true-colour ones. A chart has few colours
 * but many shades at smoothed edges; the rare ones become their nearest neighbours, which no eye
 * sees.
 */
final class Palette {
    private static final int COLOURS = 256;
    private static final int OPAQUE = 0xff << 24;

    /**
     * Pictures in which the palette would change more than this share of pixels stay as they are.
     */
    private static final double LARGEST_CHANGE = 0.02;

    private Palette() {}

    /**
     * A picture with a palette.
     *
     * @param colours the palette, red, green and blue from the third-lowest byte down, at most 256
     * @param pixels for each pixel, row by row, the place of its colour
     */
    record Indexed(int[] colours, byte[] pixels) {}

    /**
     * The picture with a palette, if that changes hardly any pixel.
     *
     * @param image the picture, of type {@link BufferedImage#TYPE_INT_RGB}
     */
    static Optional<Indexed> reduce(BufferedImage image) {
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        // Most pixels have the colour of their left neighbour: counted by runs of one colour.
        Map<Integer, int[]> counts = new HashMap<>();
        for (int i = 0; i < pixels.length; ) {
            int from = i;
            while (i < pixels.length && pixels[i] == pixels[from]) {
                i++;
            }
            counts.computeIfAbsent(pixels[from] | OPAQUE, colour -> new int[1])[0] += i - from;
        }
        var shades = new ArrayList<Shade>();
        counts.forEach((colour, count) -> shades.add(new Shade(colour, count[0])));
        shades.sort(Comparator.comparingInt(Shade::count).reversed().thenComparing(Shade::colour));
        var kept = shades.subList(0, Math.min(COLOURS, shades.size()));
        long same = kept.stream().mapToLong(Shade::count).sum();
        if (pixels.length - same > LARGEST_CHANGE * pixels.length) {
            return Optional.empty();
        }
        int[] table = kept.stream().mapToInt(Shade::colour).toArray();
        Map<Integer, Byte> places = new HashMap<>();
        for (int i = 0; i < shades.size(); i++) {
            int colour = shades.get(i).colour;
            places.put(colour, (byte) (i < table.length ? i : nearest(colour, table)));
        }
        byte[] target = new byte[pixels.length];
        int last = pixels[0];
        byte place = places.get(last | OPAQUE);
        for (int i = 0; i < pixels.length; i++) {
            if (pixels[i] != last) {
                last = pixels[i];
                place = places.get(last | OPAQUE);
            }
            target[i] = place;
        }
        return Optional.of(new Indexed(table, target));
    }

    /** A colour and the number of its pixels. */
    private record Shade(int colour, int count) {}

    private static int nearest(int colour, int[] palette) {
        int best = 0;
        int smallest = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
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
