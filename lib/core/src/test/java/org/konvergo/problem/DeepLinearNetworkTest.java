package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValues;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;
import org.konvergo.saddle.RungeKutta4;
import org.konvergo.transport.BuresWasserstein;

class DeepLinearNetworkTest {
    private static final int[][] SHAPES = {{4, 5}, {5, 3, 5}, {2, 3, 4, 5}, {6, 3, 3, 4, 5}};

    private static MatrixLoss loss() {
        var target = new DMatrixRMaj(5, 5);
        var random = new RandomStreams(1).stream("target", 0);
        Kernels.syrk(RandomMatrices.gaussian(5, 7, random), target);
        return MatrixLoss.covarianceSquare(target);
    }

    @Test
    void productByHand() {
        var network = new DeepLinearNetwork(2, 1, 2);
        double[] x = {1, 2, 3, 4}; // W_1 = (1 2), W_2 = (3 4)'
        assertArrayEquals(new double[] {3, 6, 4, 8}, network.product(x).data);
        assertEquals(2, network.depth());
        assertEquals(1, network.bottleneck());
        assertEquals(4, network.dimension());
        assertArrayEquals(new double[] {3, 4}, network.layer(x, 2).data);
        // W_2'W_2 - W_1W_1' = 25 - 5
        assertArrayEquals(new double[] {20}, network.imbalance(x)[0].data);
    }

    @Property(tries = 20)
    void gradientsAgreeWithDifferences(
            @ForAll @IntRange(min = 0, max = 3) int shape, @ForAll @LongRange long seed) {
        var network = new DeepLinearNetwork(SHAPES[shape]);
        var f = network.problem(loss());
        double[] x = network.gaussian(0.7, new RandomStreams(seed).stream("start", 0));
        var gradient = new double[x.length];
        f.gradient(x, gradient);
        double size = Kernels.normInf(gradient);
        for (int k = 0; k < x.length; k++) {
            double old = x[k];
            double h = 1e-5;
            x[k] = old + h;
            double above = f.value(x);
            x[k] = old - h;
            double below = f.value(x);
            x[k] = old;
            assertEquals((above - below) / (2 * h), gradient[k], 1e-6 * (1 + size));
        }
    }

    /** Through the Bures-Wasserstein loss, to 1e-6 of the gradient's largest entry. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void gradientsOfTheBuresWassersteinLossAgreeWithDifferences(int shape) {
        var network = new DeepLinearNetwork(SHAPES[shape]);
        var random = new RandomStreams(12).stream("covariance", shape);
        var root = RandomMatrices.gaussian(5, 5, random);
        var covariance = new DMatrixRMaj(5, 5);
        Kernels.syrk(root, covariance);
        for (int i = 0; i < 5; i++) {
            covariance.add(i, i, 0.5);
        }
        var f = network.problem(new BuresWasserstein(covariance).loss(0.1));
        double[] x = network.gaussian(0.7, random);
        var gradient = new double[x.length];
        f.gradient(x, gradient);
        double size = Kernels.normInf(gradient);
        for (int k = 0; k < x.length; k++) {
            double[] above = x.clone();
            double[] below = x.clone();
            above[k] += 1e-5;
            below[k] -= 1e-5;
            assertEquals((f.value(above) - f.value(below)) / 2e-5, gradient[k], 1e-6 * size);
        }
    }

    @Property(tries = 20)
    void balancedStartsKeepTheProductAndBalance(
            @ForAll @IntRange(min = 0, max = 3) int shape, @ForAll @LongRange long seed) {
        var network = new DeepLinearNetwork(SHAPES[shape]);
        int[] widths = SHAPES[shape];
        var random = new RandomStreams(seed).stream("product", 0);
        int r = network.bottleneck();
        var left = RandomMatrices.gaussian(5, r, random);
        var right = RandomMatrices.gaussian(r, widths[0], random);
        var product = new DMatrixRMaj(5, widths[0]);
        Kernels.gemm(left, right, product);
        double[] x = network.balanced(product);
        double size = Kernels.normInf(product.data);
        assertArrayEquals(product.data, network.product(x).data, 1e-7 * size);
        for (var difference : network.imbalance(x)) {
            assertTrue(Kernels.normInf(difference.data) < 1e-7 * (1 + size));
        }
    }

    @Test
    void theBottleneckKeepsTheLargestSingularValues() {
        var network = new DeepLinearNetwork(3, 2, 3);
        double[] x = network.balanced(CommonOps_DDRM.diag(1, 3, 2));
        assertArrayEquals(new double[] {3, 2, 0}, SingularValues.of(network.product(x)), 1e-12);
        assertArrayEquals(new double[12], network.balanced(new DMatrixRMaj(3, 3)));
    }

    /** Largest change of an imbalance along the flow up to time 0.1. */
    private static double change(DeepLinearNetwork network, double[] x, double step) {
        var flow = new RungeKutta4(MonotoneOperator.gradientOf(network.problem(loss())), step, x);
        double[] z = flow.start();
        for (long k = Math.round(0.1 / step); k > 0; k--) {
            z = flow.step(z);
        }
        assertTrue(Kernels.distance2(x, z) > 0.1);
        double largest = 0;
        for (int j = 0; j < 2; j++) {
            double[] before = network.imbalance(x)[j].data;
            largest = Math.max(largest, Kernels.distance2(before, network.imbalance(z)[j].data));
        }
        return largest;
    }

    /** What changes is the error of the integration, of fourth order in its step. */
    @Test
    void gradientFlowKeepsTheImbalance() {
        var network = new DeepLinearNetwork(5, 4, 4, 5);
        double[] x = network.gaussian(0.5, new RandomStreams(4).stream("start", 0));
        double coarse = change(network, x, 4e-4);
        double fine = change(network, x, 2e-4);
        assertTrue(fine < 1e-6, () -> "changed by " + fine);
        assertTrue(coarse > 12 * fine, () -> coarse + " and " + fine);
    }

    @Test
    void badInput() {
        bad(() -> new DeepLinearNetwork(3), "number of widths", "at least 2");
        bad(() -> new DeepLinearNetwork(3, 0), "widths[1]", "at least 1");
        var network = new DeepLinearNetwork(2, 3);
        bad(() -> network.layer(new double[6], 2), "j", "1..1");
        bad(() -> network.product(new double[5]), "parameters", "length 6");
        bad(() -> network.problem(null), "loss", "given");
        bad(() -> network.problem(loss()), "rows of the loss", "3", "5");
        bad(() -> network.gaussian(0, new RandomStreams(1).stream("s", 0)), "deviation");
        bad(() -> network.balanced(new DMatrixRMaj(2, 3)), "product", "3 x 2");
        bad(
                () -> network.layerGradients(new double[6], new DMatrixRMaj(2, 2), new double[6]),
                "g",
                "3 x 2");
        bad(
                () -> network.layerGradients(new double[6], new DMatrixRMaj(3, 2), new double[1]),
                "gradient",
                "length 6");
        bad(() -> MonotoneOperator.gradientOf(null), "function", "given");
    }
}
