package org.konvergo.notebook.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Reads arrays of bytes in the IDX format, in which the MNIST family is published (LeCun, Cortes
 * and Burges, The MNIST database of handwritten digits, 1998).
 *
 * @param shape lengths of the dimensions, such as 60000, 28, 28
 * @param bytes the entries, the last dimension fastest; unsigned
 */
public record IdxReader(int[] shape, byte[] bytes) {
    private static final int UNSIGNED_BYTE = 0x08;

    /**
     * Reads a whole file.
     *
     * @param file IDX of unsigned bytes, plain or gzip
     * @return shape and entries
     * @throws IOException if it cannot be read, is of another format, or too short or long
     */
    public static IdxReader read(Path file) throws IOException {
        return read(file, Integer.MAX_VALUE);
    }

    /**
     * Reads the first items of a file.
     *
     * @param file IDX of unsigned bytes, plain or gzip
     * @param items at most that many of the first dimension
     * @return shape and entries
     * @throws IOException if it cannot be read, is of another format, or too short or long
     */
    public static IdxReader read(Path file, int items) throws IOException {
        try (var in = new DataInputStream(DataFiles.open(file))) {
            int magic = in.readInt();
            int dimensions = magic & 0xff;
            if (magic >>> 8 != UNSIGNED_BYTE || dimensions < 1 || dimensions > 4) {
                throw new IOException(
                        file
                                + ": should be IDX of unsigned bytes (begin with 00 00 08), begins"
                                + " with "
                                + String.format(java.util.Locale.ROOT, "%08x", magic));
            }
            var shape = new int[dimensions];
            long length = 1;
            for (int d = 0; d < dimensions; d++) {
                shape[d] = in.readInt();
                if (shape[d] < 0) {
                    throw new IOException(file + ": dimension " + d + " is " + shape[d]);
                }
            }
            boolean all = items >= shape[0];
            shape[0] = Math.min(items, shape[0]);
            for (int s : shape) {
                length *= s;
                if (length > Integer.MAX_VALUE - 8) {
                    throw new IOException(
                            file + ": of shape " + Arrays.toString(shape) + ", too large");
                }
            }
            var bytes = new byte[(int) length];
            in.readFully(bytes);
            if (all && in.read() >= 0) {
                throw new IOException(
                        file + ": longer than its shape " + Arrays.toString(shape) + " says");
            }
            return new IdxReader(shape, bytes);
        } catch (EOFException | ZipException e) {
            throw new IOException(file + ": ends too early or is damaged", e);
        }
    }

    /**
     * An entry.
     *
     * @param index among all entries
     * @return its value, 0 to 255
     */
    public int value(int index) {
        return bytes[index] & 0xff;
    }
}
