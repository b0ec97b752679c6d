package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.SingularValueMap;
import org.konvergo.linalg.SingularValues;

/**
 * The function weight * |X|_2, where |X|_2 is the largest singular value of the matrix X. It is
 * dual to the nuclear norm: by Moreau's identity its proximal map takes away the projection on a
 * ball of that norm (Parikh and Boyd, Proximal Algorithms, 2014, section 6.5).
 *
 * @param rows of X, at least 1
 * @param cols of X, at least 1; points are X row by row
 * @param weight at least 0
 */
public record SpectralNorm(int rows, int cols, double weight) implements Proximable {
    /**
     * Checks the arguments.
     *
     * @param rows as above
     * @param cols as above
     * @param weight as above
     * @throws IllegalArgumentException if a size is below 1, or the weight negative or not finite
     */
    public SpectralNorm {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("cols", cols, 1);
        Require.nonNegative("weight", weight);
    }

    @Override
    public double value(double[] x) {
        return weight * SingularValues.of(NuclearNorm.matrix(x, rows, cols))[0];
    }

    @Override
    public void prox(double step, double[] x, double[] result) {
        double radius = weight * Require.positive("step", step);
        var matrix = NuclearNorm.matrix(x, rows, cols);
        Require.length("result", result, x.length);
        if (radius == 0) {
            System.arraycopy(x, 0, result, 0, x.length);
            return;
        }
        double[] taken = SingularValueMap.nuclearBall(matrix, radius).data;
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] - taken[i];
        }
    }
}
