package org.konvergo.problem;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValueMap;
import org.konvergo.linalg.SingularValues;

/**
 * The function weight * |X|_*, where |X|_* is the sum of the singular values of the matrix X; its
 * proximal map is soft thresholding of the singular values ({@link SingularValueMap}). It favours
 * matrices of low rank as the 1-norm favours sparse vectors.
 *
 * @param rows of X, at least 1
 * @param cols of X, at least 1; points are X row by row
 * @param weight at least 0
 */
public record NuclearNorm(int rows, int cols, double weight) implements Proximable {
    /**
     * Checks the arguments.
     *
     * @param rows as above
     * @param cols as above
     * @param weight as above
     * @throws IllegalArgumentException if a size is below 1, or the weight negative or not finite
     */
    public NuclearNorm {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("cols", cols, 1);
        Require.nonNegative("weight", weight);
    }

    @Override
    public double value(double[] x) {
        return weight * Kernels.sum(SingularValues.of(matrix(x, rows, cols)));
    }

    @Override
    public void prox(double step, double[] x, double[] result) {
        Require.positive("step", step);
        Require.length("result", result, Require.notNull("x", x).length);
        var shrunk = SingularValueMap.softThreshold(matrix(x, rows, cols), step * weight);
        System.arraycopy(shrunk.data, 0, result, 0, result.length);
    }

    /** A matrix over the entries of x, not copied. */
    static DMatrixRMaj matrix(double[] x, int rows, int cols) {
        return DMatrixRMaj.wrap(rows, cols, Require.length("x", x, rows * cols));
    }
}
