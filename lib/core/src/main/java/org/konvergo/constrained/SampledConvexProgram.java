package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.method.Fista;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.LeastSquares;
import org.konvergo.random.RandomStream;

/**
 * A network whose hidden weights are random and stay as they are, so that only the output weights
 * are trained, which is the lasso min (1/2) |(X U')_+ alpha - y|^2 + beta |alpha|_1.
 *
 * <p>Source: Bai, Gautam and Sojoudi, Efficient Global Optimization of Two-layer ReLU Networks,
 * SIAM Journal on Mathematics of Data Science, 2023.
 *
 * @param hidden P x d, one row a neuron
 * @param x n x d, one row a sample
 * @param y one target a sample
 * @param beta weight of the l1 norm, positive
 */
public record SampledConvexProgram(DMatrixRMaj hidden, DMatrixRMaj x, double[] y, double beta) {
    /**
     * Checks the arguments; the arrays are not copied.
     *
     * @param hidden as above
     * @param x as above
     * @param y as above
     * @param beta as above
     * @throws IllegalArgumentException if the shapes do not fit, an entry is not finite or beta is
     *     not positive
     */
    public SampledConvexProgram {
        Require.notNull("x", x);
        Require.finite("x", x.data);
        Require.notNull("hidden", hidden);
        Require.atLeast("rows of hidden", hidden.numRows, 1);
        Require.shape("hidden", hidden, hidden.numRows, x.numCols);
        Require.finite("hidden", hidden.data);
        Require.finite("y", Require.length("y", y, x.numRows));
        Require.positive("beta", beta);
    }

    /**
     * Hidden weights of length 1 in random directions.
     *
     * @param count number of neurons, at least 1
     * @param d number of inputs, at least 1
     * @param random the source
     * @return count x d
     * @throws IllegalArgumentException if a number is below 1
     */
    public static DMatrixRMaj directions(int count, int d, RandomStream random) {
        Require.atLeast("count", count, 1);
        Require.atLeast("d", d, 1);
        Require.notNull("random", random);
        var hidden = new DMatrixRMaj(count, d);
        for (int j = 0; j < count; j++) {
            double[] h = random.gaussians(d);
            Kernels.scale(1 / Kernels.norm2(h), h);
            System.arraycopy(h, 0, hidden.data, j * d, d);
        }
        return hidden;
    }

    /**
     * The solver, from zero. It works on the objective divided by n.
     *
     * @return FISTA with the step 1/L
     */
    public Fista method() {
        var features = new DMatrixRMaj(x.numRows, hidden.numRows);
        Kernels.gemmTransB(x, hidden, features);
        for (int k = 0; k < features.data.length; k++) {
            features.data[k] = Math.max(0, features.data[k]);
        }
        var gram = new DMatrixRMaj(hidden.numRows, hidden.numRows);
        Kernels.syrkTransA(features, gram);
        double n = y.length;
        double lipschitz = SymmetricEigendecomposition.of(gram).largest() / n;
        return new Fista(
                new LeastSquares(features, y),
                new L1Norm(beta / n),
                lipschitz > 0 ? 1 / lipschitz : 1,
                new double[hidden.numRows]);
    }

    /**
     * The network of output weights.
     *
     * @param alpha one weight a neuron
     * @return the network
     * @throws IllegalArgumentException if the length is wrong
     */
    public TwoLayerReluNetwork network(double[] alpha) {
        Require.length("alpha", alpha, hidden.numRows);
        return new TwoLayerReluNetwork(hidden, Arrays.copyOf(alpha, alpha.length));
    }
}
