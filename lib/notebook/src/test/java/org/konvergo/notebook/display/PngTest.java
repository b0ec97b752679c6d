package org.konvergo.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 170;

    private static BufferedImage picture(IntBinaryOperator colour) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, colour.applyAsInt(x, y));
            }
        }
        return image;
    }

    private static BufferedImage read(BufferedImage image) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(Png.encode(image)));
    }

    private static void assertSame(BufferedImage expected, BufferedImage actual) {
        assertEquals(WIDTH, actual.getWidth());
        assertEquals(HEIGHT, actual.getHeight());
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                assertEquals(expected.getRGB(x, y), actual.getRGB(x, y), x + ", " + y);
            }
        }
    }

    @Test
    void aPictureOf256ColoursIsKeptToThePixel() throws IOException {
        var image = picture((x, y) -> (x + 3 * y) % 256 * 0x010307 & 0xffffff);
        var back = read(image);
        assertInstanceOf(IndexColorModel.class, back.getColorModel());
        assertSame(image, back);
    }

    @Test
    void aRareShadeBecomesItsNearestNeighbour() throws IOException {
        // Row 0 holds 300 shades of blue, the rest two colours: 44 shades lose their place or more.
        var image = picture((x, y) -> y > 0 ? (x < 100 ? 0xffffff : 0x102030) : x);
        var back = read(image);
        assertInstanceOf(IndexColorModel.class, back.getColorModel());
        int changed = 0;
        for (int x = 0; x < WIDTH; x++) {
            int before = image.getRGB(x, 0) & 255;
            int after = back.getRGB(x, 0) & 255;
            assertTrue(Math.abs(before - after) <= 46, x + ": " + before + " to " + after);
            changed += image.getRGB(x, 0) == back.getRGB(x, 0) ? 0 : 1;
            assertEquals(image.getRGB(x, 9), back.getRGB(x, 9));
        }
        assertEquals(WIDTH - 254, changed);
    }

    @Test
    void aPictureOfManyColoursIsKeptInTrueColour() throws IOException {
        var image = picture((x, y) -> x * 0x010100 + y);
        assertSame(image, read(image));
    }

    @Test
    void theSmallestPictureHasOnePixel() throws IOException {
        var image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x123456);
        assertEquals(0xff123456, read(image).getRGB(0, 0));
    }
}
