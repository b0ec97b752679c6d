package org.konvergo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * The named inputs of a workload, and how they are written so that every solver reads the same
 * bits: one file of little-endian numbers for each array, and {@value #LIST} that tells shapes and
 * hashes, tab-separated:
 *
 * <pre>
 * double  cost  file  SHA-256  500  500
 * int     order file  SHA-256  12000
 * number  eta   480.0
 * </pre>
 */
final class Inputs {
    static final String LIST = "inputs.tsv";

    private final Map<String, Object> values = new LinkedHashMap<>();

    Inputs with(String name, DMatrixRMaj matrix) {
        values.put(name, matrix);
        return this;
    }

    Inputs with(String name, double[] vector) {
        values.put(name, vector);
        return this;
    }

    Inputs with(String name, int[] indices) {
        values.put(name, indices);
        return this;
    }

    Inputs with(String name, double number) {
        values.put(name, number);
        return this;
    }

    DMatrixRMaj matrix(String name) {
        return get(name, DMatrixRMaj.class);
    }

    double[] vector(String name) {
        return get(name, double[].class);
    }

    int[] indices(String name) {
        return get(name, int[].class);
    }

    double number(String name) {
        return get(name, Double.class);
    }

    int count(String name) {
        return (int) number(name);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "input " + name + " should be a " + type.getSimpleName() + ", was " + value);
        }
        return type.cast(value);
    }

    /** Writes everything into a folder, the list last. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var list = new ArrayList<String>();
        for (var entry : values.entrySet()) {
            String name = entry.getKey();
            Object value = entry.getValue();
            if (value instanceof Double number) {
                list.add(String.join("\t", "number", name, number.toString()));
                continue;
            }
            byte[] bytes = value instanceof int[] ints ? bytes(ints) : bytes(doubles(value));
            String file = name + ".bin";
            Files.write(folder.resolve(file), bytes);
            var line = new ArrayList<>(List.of(value instanceof int[] ? "int" : "double", name));
            line.add(file);
            line.add(sha256(bytes));
            if (value instanceof DMatrixRMaj matrix) {
                line.add(Integer.toString(matrix.numRows));
                line.add(Integer.toString(matrix.numCols));
            } else {
                int width = value instanceof int[] ? Integer.BYTES : Double.BYTES;
                line.add(Integer.toString(bytes.length / width));
            }
            list.add(String.join("\t", line));
        }
        Files.write(folder.resolve(LIST), list);
    }

    /** Reads what {@link #write} wrote. */
    static Inputs read(Path folder) throws IOException {
        var inputs = new Inputs();
        for (String line : Files.readAllLines(folder.resolve(LIST))) {
            String[] words = line.split("\t", -1);
            String name = words[1];
            if (words[0].equals("number")) {
                inputs.with(name, Double.parseDouble(words[2]));
                continue;
            }
            byte[] bytes = Files.readAllBytes(folder.resolve(words[2]));
            if (!sha256(bytes).equals(words[3])) {
                throw new IOException(folder.resolve(words[2]) + " is not what was written");
            }
            if (words[0].equals("int")) {
                inputs.with(name, ints(bytes));
            } else if (words.length == 6) {
                int rows = Integer.parseInt(words[4]);
                int cols = Integer.parseInt(words[5]);
                inputs.with(name, DMatrixRMaj.wrap(rows, cols, doubles(bytes)));
            } else {
                inputs.with(name, doubles(bytes));
            }
        }
        return inputs;
    }

    static byte[] bytes(double[] x) {
        var buffer = ByteBuffer.allocate(Double.BYTES * x.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asDoubleBuffer().put(x);
        return buffer.array();
    }

    static double[] doubles(byte[] bytes) {
        var x = new double[bytes.length / Double.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(x);
        return x;
    }

    private static double[] doubles(Object value) {
        return value instanceof DMatrixRMaj matrix ? matrix.data : (double[]) value;
    }

    private static byte[] bytes(int[] x) {
        var buffer = ByteBuffer.allocate(Integer.BYTES * x.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asIntBuffer().put(x);
        return buffer.array();
    }

    private static int[] ints(byte[] bytes) {
        var x = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(x);
        return x;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }

    /** Reads the answer that a solver wrote. */
    static double[] answer(Path file) {
        try {
            return doubles(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
