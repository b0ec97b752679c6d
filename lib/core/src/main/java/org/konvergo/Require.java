package org.konvergo;

import org.ejml.data.Matrix;

/**
 * Checks of arguments at the door. Each returns its argument, or throws an {@link
 * IllegalArgumentException} that names the argument, what it should be and what it was.
 */
public final class Require {
    private Require() {}

    /**
     * Requires a condition on an argument.
     *
     * @param condition what must hold
     * @param name name of the argument
     * @param expected what it should be, such as {@code "in [0, 1)"}
     * @param actual what it was
     * @throws IllegalArgumentException if the condition is false
     */
    public static void that(boolean condition, String name, String expected, Object actual) {
        if (!condition) {
            throw new IllegalArgumentException(name + " should be " + expected + ", was " + actual);
        }
    }

    /**
     * Requires an object.
     *
     * @param <T> its type
     * @param name name of the argument
     * @param value the argument
     * @return the argument
     * @throws IllegalArgumentException if it is null
     */
    public static <T> T notNull(String name, T value) {
        that(value != null, name, "given", "null");
        return value;
    }

    /**
     * Requires a finite positive number.
     *
     * @param name name of the argument
     * @param value the argument
     * @return the argument
     * @throws IllegalArgumentException if it is not above zero, is infinite or NaN
     */
    public static double positive(String name, double value) {
        that(value > 0 && Double.isFinite(value), name, "positive and finite", value);
        return value;
    }

    /**
     * Requires a finite number that is not negative.
     *
     * @param name name of the argument
     * @param value the argument
     * @return the argument
     * @throws IllegalArgumentException if it is negative, infinite or NaN
     */
    public static double nonNegative(String name, double value) {
        that(value >= 0 && Double.isFinite(value), name, "non-negative and finite", value);
        return value;
    }

    /**
     * Requires a finite number.
     *
     * @param name name of the argument
     * @param value the argument
     * @return the argument
     * @throws IllegalArgumentException if it is infinite or NaN
     */
    public static double finite(String name, double value) {
        that(Double.isFinite(value), name, "finite", value);
        return value;
    }

    /**
     * Requires a number in a closed interval.
     *
     * @param name name of the argument
     * @param value the argument
     * @param low lower end, allowed
     * @param high upper end, allowed
     * @return the argument
     * @throws IllegalArgumentException if it lies outside or is NaN
     */
    public static double within(String name, double value, double low, double high) {
        that(value >= low && value <= high, name, "in [" + low + ", " + high + "]", value);
        return value;
    }

    /**
     * Requires an integer of at least a bound.
     *
     * @param name name of the argument
     * @param value the argument
     * @param least the bound
     * @return the argument
     * @throws IllegalArgumentException if it is smaller
     */
    public static int atLeast(String name, int value, int least) {
        that(value >= least, name, "at least " + least, value);
        return value;
    }

    /**
     * Requires an index below a count.
     *
     * @param name name of the argument
     * @param value the argument
     * @param count number of valid indices
     * @return the argument
     * @throws IllegalArgumentException if it is negative or not below the count
     */
    public static int index(String name, int value, int count) {
        that(value >= 0 && value < count, name, "in 0.." + (count - 1), value);
        return value;
    }

    /**
     * Requires a vector of a given length.
     *
     * @param name name of the argument
     * @param vector the argument
     * @param length its length
     * @return the argument
     * @throws IllegalArgumentException if it is null or of another length
     */
    public static double[] length(String name, double[] vector, int length) {
        notNull(name, vector);
        // The texts are made only where they are needed: this stands before the shortest loops.
        if (vector.length != length) {
            that(false, name, "of length " + length, "of length " + vector.length);
        }
        return vector;
    }

    /**
     * Requires a vector whose entries are all finite.
     *
     * @param name name of the argument
     * @param vector the argument, of any length
     * @return the argument
     * @throws IllegalArgumentException if it is null or an entry is NaN or infinite; names the
     *     first
     */
    public static double[] finite(String name, double[] vector) {
        notNull(name, vector);
        for (int i = 0; i < vector.length; i++) {
            if (!Double.isFinite(vector[i])) {
                that(false, name + "[" + i + "]", "finite", vector[i]);
            }
        }
        return vector;
    }

    /**
     * Requires a matrix of a given shape.
     *
     * @param <M> its type
     * @param name name of the argument
     * @param matrix the argument
     * @param rows its number of rows
     * @param cols its number of columns
     * @return the argument
     * @throws IllegalArgumentException if it is null or of another shape
     */
    public static <M extends Matrix> M shape(String name, M matrix, int rows, int cols) {
        notNull(name, matrix);
        if (matrix.getNumRows() != rows || matrix.getNumCols() != cols) {
            that(
                    false,
                    name,
                    rows + " x " + cols,
                    matrix.getNumRows() + " x " + matrix.getNumCols());
        }
        return matrix;
    }

    /**
     * Requires a square matrix.
     *
     * @param <M> its type
     * @param name name of the argument
     * @param matrix the argument
     * @return the argument
     * @throws IllegalArgumentException if it is null or not square
     */
    public static <M extends Matrix> M square(String name, M matrix) {
        notNull(name, matrix);
        that(
                matrix.getNumRows() == matrix.getNumCols(),
                name,
                "square",
                matrix.getNumRows() + " x " + matrix.getNumCols());
        return matrix;
    }

    /**
     * Requires a vector of finite positive numbers.
     *
     * @param name name of the argument
     * @param vector the argument, of any length
     * @return the argument
     * @throws IllegalArgumentException if it is null or an entry is not above zero, infinite or
     *     NaN; names the first
     */
    public static double[] positive(String name, double[] vector) {
        notNull(name, vector);
        for (int i = 0; i < vector.length; i++) {
            if (!(vector[i] > 0 && Double.isFinite(vector[i]))) {
                positive(name + "[" + i + "]", vector[i]);
            }
        }
        return vector;
    }

    /**
     * Requires a vector of finite numbers that are not negative.
     *
     * @param name name of the argument
     * @param vector the argument, of any length
     * @return the argument
     * @throws IllegalArgumentException if it is null or an entry is negative, infinite or NaN;
     *     names the first
     */
    public static double[] nonNegative(String name, double[] vector) {
        notNull(name, vector);
        for (int i = 0; i < vector.length; i++) {
            if (!(vector[i] >= 0 && Double.isFinite(vector[i]))) {
                nonNegative(name + "[" + i + "]", vector[i]);
            }
        }
        return vector;
    }
}
