package org.konvergo.problem;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.random.RandomStream;

/**
 * A network of linear layers, x to W_N ... W_1 x. It computes no more than one matrix does, of rank
 * at most its smallest width, but descends differently (Arora, Cohen and Hazan, On the optimization
 * of deep networks: implicit acceleration by overparameterization, 2018).
 *
 * <p>Its parameters are one vector: the layers one after the other from W_1 on, each row by row.
 * Layer j has widths[j] rows and widths[j - 1] columns.
 */
public final class DeepLinearNetwork {
    private final int[] widths;
    private final int[] offsets; // of each layer's entries, and the end

    /**
     * A network.
     *
     * @param widths d_0 (inputs), d_1, ..., d_N (outputs), at least two, each at least 1
     * @throws IllegalArgumentException if there are fewer than two or one is below 1
     */
    public DeepLinearNetwork(int... widths) {
        Require.atLeast("number of widths", Require.notNull("widths", widths).length, 2);
        this.widths = widths.clone();
        offsets = new int[widths.length];
        for (int j = 0; j < widths.length; j++) {
            Require.atLeast("widths[" + j + "]", widths[j], 1);
            offsets[j] = j == 0 ? 0 : offsets[j - 1] + widths[j] * widths[j - 1];
        }
    }

    /**
     * Number of layers.
     *
     * @return N, at least 1
     */
    public int depth() {
        return widths.length - 1;
    }

    /**
     * The smallest width, which bounds the rank of the product.
     *
     * @return at least 1
     */
    public int bottleneck() {
        return Arrays.stream(widths).min().orElseThrow();
    }

    /**
     * Number of parameters.
     *
     * @return the entries of all layers
     */
    public int dimension() {
        return offsets[depth()];
    }

    /**
     * A layer.
     *
     * @param parameters of length {@link #dimension}
     * @param j from 1, which is applied first, to N
     * @return W_j, a new matrix
     * @throws IllegalArgumentException if there is no such layer or the length is wrong
     */
    public DMatrixRMaj layer(double[] parameters, int j) {
        Require.length("parameters", parameters, dimension());
        Require.that(j >= 1 && j <= depth(), "j", "in 1.." + depth(), j);
        return new DMatrixRMaj(
                widths[j],
                widths[j - 1],
                true,
                Arrays.copyOfRange(parameters, offsets[j - 1], offsets[j]));
    }

    /**
     * The matrix that the network applies.
     *
     * @param parameters of length {@link #dimension}
     * @return W_N ... W_1, a new matrix
     * @throws IllegalArgumentException if the length is wrong
     */
    public DMatrixRMaj product(double[] parameters) {
        DMatrixRMaj w = layer(parameters, 1);
        for (int j = 2; j <= depth(); j++) {
            w = times(layer(parameters, j), w);
        }
        return w;
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        Kernels.gemm(a, b, c);
        return c;
    }

    /**
     * Gradients in the layers from that in the product: (W_N ... W_(j+1))' G (W_(j-1) ... W_1)'.
     *
     * @param parameters of length {@link #dimension}
     * @param g gradient of a loss in the product, d_N x d_0
     * @param gradient of length {@link #dimension}, overwritten
     * @throws IllegalArgumentException if a shape is wrong
     */
    public void layerGradients(double[] parameters, DMatrixRMaj g, double[] gradient) {
        int depth = depth();
        Require.shape("g", g, widths[depth], widths[0]);
        Require.length("gradient", gradient, dimension());
        var below = new DMatrixRMaj[depth + 1]; // W_(j-1) ... W_1
        for (int j = 2; j <= depth; j++) {
            DMatrixRMaj layer = layer(parameters, j - 1);
            below[j] = j == 2 ? layer : times(layer, below[j - 1]);
        }
        DMatrixRMaj above = g; // (W_N ... W_(j+1))' G
        for (int j = depth; j >= 1; j--) {
            DMatrixRMaj own = above;
            if (j > 1) {
                own = new DMatrixRMaj(widths[j], widths[j - 1]);
                Kernels.gemmTransB(above, below[j], own);
                var next = new DMatrixRMaj(widths[j - 1], widths[0]);
                Kernels.gemmTransA(layer(parameters, j), above, next);
                above = next;
            }
            System.arraycopy(own.data, 0, gradient, offsets[j - 1], own.getNumElements());
        }
    }

    /**
     * The loss of the product as a function of the parameters.
     *
     * @param loss of the product
     * @return a function of {@link #dimension} variables
     * @throws IllegalArgumentException if the loss wants another number of rows
     */
    public Smooth problem(MatrixLoss loss) {
        Require.notNull("loss", loss);
        Require.that(
                loss.rows() == widths[depth()],
                "rows of the loss",
                "the outputs, " + widths[depth()],
                loss.rows());
        return new Smooth() {
            @Override
            public int dimension() {
                return DeepLinearNetwork.this.dimension();
            }

            @Override
            public double value(double[] x) {
                return loss.value(product(x));
            }

            @Override
            public void gradient(double[] x, double[] gradient) {
                layerGradients(x, loss.gradient(product(x)), gradient);
            }
        };
    }

    /**
     * Independent Gaussian parameters.
     *
     * @param deviation standard deviation of each, positive
     * @param random the stream to draw from
     * @return of length {@link #dimension}
     * @throws IllegalArgumentException if the deviation is not positive
     */
    public double[] gaussian(double deviation, RandomStream random) {
        Require.positive("deviation", deviation);
        double[] parameters = random.gaussians(dimension());
        Kernels.scale(deviation, parameters);
        return parameters;
    }

    /**
     * Balanced parameters with a given product: from its singular value decomposition U S V', W_1 =
     * S^(1/N) V', the layers between S^(1/N), W_N = U S^(1/N). If the bottleneck is smaller than
     * the product's rank, the largest singular values are kept.
     *
     * @param product d_N x d_0, finite
     * @return parameters with W_(j+1)' W_(j+1) = W_j W_j' for all j
     * @throws IllegalArgumentException if the shape is wrong or an entry not finite
     */
    public double[] balanced(DMatrixRMaj product) {
        int depth = depth();
        Require.shape("product", product, widths[depth], widths[0]);
        var gram = new DMatrixRMaj(product.numRows, product.numRows);
        Kernels.syrk(product, gram);
        var eigen = SymmetricEigendecomposition.of(gram);
        var parameters = new double[dimension()];
        for (int k = 0; k < bottleneck(); k++) {
            int at = eigen.size() - 1 - k;
            double s = Math.sqrt(Math.max(0, eigen.value(at)));
            if (s == 0) {
                break;
            }
            double[] u = eigen.vector(at);
            var v = new double[product.numCols];
            Kernels.gemvTransposed(product, u, v);
            Kernels.scale(1 / s, v);
            double share = depth == 1 ? s : StrictMath.pow(s, 1.0 / depth);
            for (int j = 1; j <= depth; j++) {
                // Layer j takes coordinate k to itself; the first begins with v, the last ends in
                // u.
                int columns = widths[j - 1];
                for (int r = 0; r < widths[j]; r++) {
                    double left = j == depth ? u[r] : r == k ? 1 : 0;
                    for (int c = 0; c < columns; c++) {
                        double right = j == 1 ? v[c] : c == k ? 1 : 0;
                        parameters[offsets[j - 1] + r * columns + c] += share * left * right;
                    }
                }
            }
        }
        return parameters;
    }

    /**
     * How far neighbouring layers are from being balanced. Gradient flow keeps these matrices as
     * they are.
     *
     * @param parameters of length {@link #dimension}
     * @return for j = 1..N-1 the symmetric matrix W_(j+1)' W_(j+1) - W_j W_j'
     * @throws IllegalArgumentException if the length is wrong
     */
    public DMatrixRMaj[] imbalance(double[] parameters) {
        var matrices = new DMatrixRMaj[depth() - 1];
        for (int j = 1; j < depth(); j++) {
            int d = widths[j];
            matrices[j - 1] = new DMatrixRMaj(d, d);
            var outer = new DMatrixRMaj(d, d);
            Kernels.syrkTransA(layer(parameters, j + 1), matrices[j - 1]);
            Kernels.syrk(layer(parameters, j), outer);
            Kernels.axpy(-1, outer.data, matrices[j - 1].data);
        }
        return matrices;
    }
}
