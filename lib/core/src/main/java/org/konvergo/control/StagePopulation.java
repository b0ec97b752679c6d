package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * A population in stages of life: x_i' = (M x)_i - c_i x_i^2. The rates M move and multiply it, and
 * crowding limits it. With one stage it is the logistic equation.
 *
 * @param rates M, n x n, non-negative off the diagonal
 * @param crowding c, of length n, non-negative
 */
public record StagePopulation(DMatrixRMaj rates, double[] crowding) implements CooperativeField {
    /**
     * Checks the arguments.
     *
     * @param rates as above
     * @param crowding as above
     * @throws IllegalArgumentException if the matrix is empty, not square, not finite or negative
     *     off its diagonal, or the vector has another length or a negative entry
     */
    public StagePopulation {
        SeasonalFloquet.requireMetzler("rates", rates);
        Require.nonNegative("crowding", Require.length("crowding", crowding, rates.numRows));
    }

    @Override
    public int dimension() {
        return crowding.length;
    }

    @Override
    public void slope(double t, double[] x, double[] slope) {
        Kernels.gemv(rates, x, slope);
        for (int i = 0; i < x.length; i++) {
            slope[i] -= crowding[i] * x[i] * x[i];
        }
    }

    @Override
    public DMatrixRMaj linearization() {
        return rates.copy();
    }

    @Override
    public boolean linear() {
        return Kernels.normInf(crowding) == 0;
    }
}
