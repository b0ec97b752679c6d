package org.konvergo.notebook.display;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/**
 * Pictures as PNG files. Those with a palette are written here, by the W3C's "Portable Network
 * Graphics (PNG) Specification": with rows as they are, which is what it advises for palettes and
 * what {@link ImageIO} does not do. It also saves the half second that ImageIO takes for a kernel's
 * first chart.
 */
final class Png {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int BITS_PER_PIXEL = 8;
    private static final int PALETTE_COLOURS = 3;

    private Png() {}

    /**
     * A picture as a file.
     *
     * @param image the picture, of type {@link BufferedImage#TYPE_INT_RGB}
     * @return the file's bytes
     */
    static byte[] encode(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            var palette = Palette.reduce(image);
            if (palette.isPresent()) {
                write(palette.get(), image.getWidth(), bytes);
            } else {
                ImageIO.write(image, "png", bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Palette.Indexed picture, int width, ByteArrayOutputStream bytes)
            throws IOException {
        int height = picture.pixels().length / width;
        var file = new DataOutputStream(bytes);
        file.writeLong(SIGNATURE);
        var header = new ByteArrayOutputStream();
        var fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        // Deflate, filters by row, not interlaced: the three zeros.
        fields.write(new byte[] {BITS_PER_PIXEL, PALETTE_COLOURS, 0, 0, 0});
        chunk(file, "IHDR", header.toByteArray());
        var colours = new ByteArrayOutputStream();
        for (int colour : picture.colours()) {
            colours.write(colour >> 16);
            colours.write(colour >> 8);
            colours.write(colour);
        }
        chunk(file, "PLTE", colours.toByteArray());
        var packed = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (var rows = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
            for (int i = 0; i < height; i++) {
                rows.write(0);
                rows.write(picture.pixels(), i * width, width);
            }
        } finally {
            deflater.end();
        }
        chunk(file, "IDAT", packed.toByteArray());
        chunk(file, "IEND", new byte[0]);
    }

    private static void chunk(DataOutputStream file, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        file.writeInt(data.length);
        file.write(name);
        file.write(data);
        file.writeInt((int) sum.getValue());
    }
}
