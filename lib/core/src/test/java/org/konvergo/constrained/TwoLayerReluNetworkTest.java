package org.konvergo.constrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.Quadratic;
import org.konvergo.problem.Smooth;
import org.konvergo.random.RandomStreams;

class TwoLayerReluNetworkTest {
    private static DMatrixRMaj samples(int n) {
        var random = new RandomStreams(1).stream("x", 0);
        var x = new DMatrixRMaj(n, 3);
        Arrays.setAll(x.data, k -> (k + 1) % 3 == 0 ? 1 : random.gaussian());
        return x;
    }

    private static double[] labels(DMatrixRMaj x) {
        var y = new double[x.numRows];
        Arrays.setAll(y, k -> x.get(k, 0) * x.get(k, 1) > 0 ? 1 : -1);
        return y;
    }

    private static void checkGradient(Smooth f, double[] z, double tolerance) {
        var gradient = new double[z.length];
        f.gradient(z, gradient);
        for (int k = 0; k < z.length; k++) {
            double[] more = z.clone();
            double[] less = z.clone();
            more[k] += 1e-6;
            less[k] -= 1e-6;
            assertEquals((f.value(more) - f.value(less)) / 2e-6, gradient[k], tolerance);
        }
    }

    @Test
    void gradients() {
        var x = samples(7);
        double[] z = new RandomStreams(2).stream("z", 0).gaussians(20);
        for (var loss : new PointLoss[] {PointLoss.squared(), PointLoss.hinge()}) {
            checkGradient(new ReluTraining(x, labels(x), loss, 0.5, 0.1, 5), z, 1e-6);
        }
        // The same with three columns of zeros, which takes the other way to the gradient.
        var wide = new DMatrixRMaj(7, 6);
        for (int k = 0; k < 42; k++) {
            wide.data[k] = k % 6 < 3 ? x.get(k / 6, k % 6) : 0;
        }
        double[] w = new RandomStreams(3).stream("w", 0).gaussians(35);
        checkGradient(new ReluTraining(wide, labels(x), PointLoss.squared(), 0.5, 0.1, 5), w, 1e-6);
        var network = TwoLayerReluNetwork.of(z, 3);
        assertArrayEquals(z, network.parameters(), 0);
        checkGradient(network.function(), new double[] {0.3, -0.4, 1}, 1e-7);
        double[] f = network.predict(x);
        for (int k = 0; k < 7; k++) {
            double[] row = Arrays.copyOfRange(x.data, 3 * k, 3 * k + 3);
            assertEquals(f[k], network.function().value(row), 1e-13);
        }
        assertEquals(Kernels.dot(z, z) / 2, network.squaredWeights(), 1e-13);
    }

    @Test
    void hingeHasItsProximalMap() {
        var hinge = PointLoss.hinge();
        for (double y : new double[] {1, -1}) {
            for (double z = -3; z <= 3; z += 0.37) {
                double p = hinge.prox(0.6, z, y);
                double least = 0.6 * hinge.value(p, y) + (p - z) * (p - z) / 2;
                for (double other = p - 1; other <= p + 1; other += 0.01) {
                    assertTrue(
                            0.6 * hinge.value(other, y) + (other - z) * (other - z) / 2
                                    >= least - 1e-12);
                }
            }
        }
    }

    @Test
    void lassoOfRandomNeurons() {
        var x = samples(20);
        var random = new RandomStreams(4).stream("hidden", 0);
        var hidden = SampledConvexProgram.directions(8, 3, random);
        for (int j = 0; j < 8; j++) {
            assertEquals(1, Kernels.dot(hidden.data, 3 * j, hidden.data, 3 * j, 3), 1e-14);
        }
        var program = new SampledConvexProgram(hidden, x, labels(x), 0.3);
        double[] alpha =
                Run.of(program.method())
                        .every(5000)
                        .stop(Stop.iterations(5000))
                        .start()
                        .state()
                        .x();
        double[] residual = program.network(alpha).predict(x);
        Kernels.axpy(-1, labels(x), residual);
        // Optimality of the lasso: features' residual = -beta sign(alpha), or within beta of 0.
        for (int j = 0; j < 8; j++) {
            double product = 0;
            for (int k = 0; k < 20; k++) {
                product +=
                        Math.max(0, Kernels.dot(x.data, 3 * k, hidden.data, 3 * j, 3))
                                * residual[k];
            }
            if (alpha[j] == 0) {
                assertTrue(Math.abs(product) <= 0.3 + 1e-9);
            } else {
                assertEquals(-0.3 * Math.signum(alpha[j]), product, 1e-9);
            }
        }
    }

    @Test
    void attackStaysInTheBoxAndFindsTheCorner() {
        var a = new DMatrixRMaj(new double[][] {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}});
        var linear = new Quadratic(a, new double[] {-1, 2, -5}); // x - 2 y + 5 z
        var attack = new ProjectedGradientAttack(0.5, 20, 0.05, 2);
        assertArrayEquals(
                new double[] {1.5, 0.5, 7}, attack.attack(linear, new double[] {1, 1, 7}), 1e-12);
        var still = new ProjectedGradientAttack(0, 5, 0.1, 2);
        assertArrayEquals(new double[] {1, 1, 7}, still.attack(linear, new double[] {1, 1, 7}), 0);
    }

    private static double[] robust(RobustConvexRelu program, double rho, int steps) {
        return program.variables(
                Run.of(program.method(rho))
                        .every(steps)
                        .stop(Stop.iterations(steps))
                        .start()
                        .state());
    }

    @Test
    void robustProgramBoundsEveryAttack() {
        var x = samples(12);
        double[] y = labels(x);
        var random = new RandomStreams(6).stream("h", 0);
        var patterns = ActivationPatterns.perturbed(x, 20, 0.1, random);
        var program = new RobustConvexRelu(x, y, patterns, 0.02, 0.1);
        double[] near = robust(program, 0.1, 6000);
        assertEquals(0, program.violation(near), 1e-4);
        double[] u = program.feasible(near);
        assertEquals(0, program.violation(u), 1e-12);
        assertEquals(program.objective(near), program.objective(u), 1e-3);
        var network = TwoLayerReluNetwork.recover(u, 3);
        var attack = new ProjectedGradientAttack(0.1, 40, 0.01, 2);
        double attacked = 0;
        for (int k = 0; k < 12; k++) {
            double[] row = Arrays.copyOfRange(x.data, 3 * k, 3 * k + 3);
            var f = network.function();
            double[] worst = attack.attack(y[k] > 0 ? f.negated() : f, row);
            attacked += PointLoss.hinge().value(f.value(worst), y[k]) / 12;
        }
        assertTrue(attacked <= program.worstHinge(u) + 1e-6);
        assertTrue(program.objective(u) < 1); // u = 0 is worth 1
        // More robustness costs.
        var plain = new RobustConvexRelu(x, y, patterns, 0.02, 0);
        assertTrue(plain.objective(robust(plain, 0.1, 6000)) < program.objective(u));
    }

    @Test
    void withoutMovesItIsTheHingeProgram() {
        var x = samples(12);
        double[] y = labels(x);
        var patterns = ActivationPatterns.sampled(x, 10, new RandomStreams(6).stream("h", 0));
        var plain = new RobustConvexRelu(x, y, patterns, 0.05, 0);
        var sameSigns = new ConvexReluProgram(x, y, patterns, 0.05);
        double[] u = new RandomStreams(7).stream("u", 0).gaussians(60);
        double[] f = sameSigns.predict(u);
        double hinge = 0;
        for (int k = 0; k < 12; k++) {
            hinge += PointLoss.hinge().value(f[k], y[k]) / 12;
        }
        assertEquals(hinge, plain.worstHinge(u), 1e-13);
        assertEquals(sameSigns.violation(u), plain.violation(u), 0);
        // The optimum is below every feasible point: random steps from it that stay feasible.
        double[] best = robust(plain, 0.1, 8000);
        double least = plain.objective(best);
        var random = new RandomStreams(8).stream("steps", 0);
        for (int t = 0; t < 300; t++) {
            double[] other = best.clone();
            Kernels.axpy(0.01 * random.uniform(), random.gaussians(60), other);
            if (plain.violation(other) < 1e-9) {
                assertTrue(plain.objective(other) >= least - 1e-7);
            }
        }
        var shrunk = best.clone();
        Kernels.scale(0.99, shrunk);
        assertTrue(plain.objective(shrunk) >= least - 1e-7);
    }

    /** Two inputs have a way of their own: the bits of three, of which one is zero. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void twoInputsHaveTheBitsOfThree(int n) {
        var random = new RandomStreams(11).stream("pairs", n);
        var two = new DMatrixRMaj(n, 2);
        var three = new DMatrixRMaj(n, 3);
        for (int k = 0; k < 2 * n; k++) {
            two.data[k] = random.gaussian();
            three.set(k / 2, k % 2, two.data[k]);
        }
        int width = 9;
        double[] z = random.gaussians(3 * width);
        var w = new double[4 * width];
        for (int j = 0; j < width; j++) {
            w[3 * j] = z[2 * j];
            w[3 * j + 1] = z[2 * j + 1];
            w[3 * width + j] = z[2 * width + j];
        }
        double[] y = random.gaussians(n);
        var gradient = new double[z.length];
        new ReluTraining(two, y, PointLoss.squared(), 0.5, 0.1, width).gradient(z, gradient);
        var other = new double[w.length];
        new ReluTraining(three, y, PointLoss.squared(), 0.5, 0.1, width).gradient(w, other);
        for (int j = 0; j < width; j++) {
            assertEquals(other[3 * j], gradient[2 * j], 0);
            assertEquals(other[3 * j + 1], gradient[2 * j + 1], 0);
            assertEquals(other[3 * width + j], gradient[2 * width + j], 0);
        }
    }

    /** A'(A u - target) = 0. */
    @Test
    void robustStepsSolveTheirNormalEquations() {
        var x = samples(5);
        var patterns = ActivationPatterns.sampled(x, 3, new RandomStreams(12).stream("h", 0));
        var program = new RobustConvexRelu(x, labels(x), patterns, 0.1, 0.3);
        int variables = program.primalDimension();
        int copies = program.splitDimension();
        double[] target = new RandomStreams(13).stream("target", 0).gaussians(copies);
        var u = new double[variables];
        program.minimize(0.7, target, u);
        var rest = new double[copies];
        program.apply(u, rest);
        Kernels.axpy(-1, target, rest);
        assertTrue(Kernels.norm2(rest) > 1);
        for (int i = 0; i < variables; i++) {
            var unit = new double[variables];
            unit[i] = 1;
            var column = new double[copies];
            program.apply(unit, column);
            assertEquals(0, Kernels.dot(column, rest), 1e-12);
        }
    }

    @Test
    void proximalMapOfTheCopiesIsAMinimiser() {
        var x = samples(4);
        var patterns = ActivationPatterns.sampled(x, 2, new RandomStreams(9).stream("h", 0));
        var program = new RobustConvexRelu(x, labels(x), patterns, 0.1, 0.3);
        var random = new RandomStreams(10).stream("z", 0);
        var copies = program.split();
        for (int t = 0; t < 50; t++) {
            double[] z = random.gaussians(program.splitDimension());
            var p = new double[z.length];
            copies.prox(0.7, z, p);
            double[] inside = p.clone();
            copies.prox(1e-12, inside, inside);
            double least = moved(copies.value(shrunkCones(program, p)), z, p);
            assertTrue(Double.isFinite(least));
            for (int k = 0; k < 40; k++) {
                double[] other = p.clone();
                other[random.integer(z.length)] += 0.1 * random.gaussian();
                double value = copies.value(other);
                assertTrue(
                        value == Double.POSITIVE_INFINITY || moved(value, z, other) > least - 1e-9);
            }
        }
    }

    /** Cones hold up to rounding; raising the scores by 1e-12 makes them hold. */
    private static double[] shrunkCones(RobustConvexRelu program, double[] p) {
        double[] raised = p.clone();
        int at = program.primalDimension();
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < 4; k++) {
                raised[at + k] += 1e-12;
            }
            at += 6;
        }
        return raised;
    }

    private static double moved(double value, double[] z, double[] p) {
        double distance = Kernels.distance2(z, p);
        return value + distance * distance / 1.4;
    }

    @Test
    void refusesBadInput() {
        var x = samples(5);
        double[] y = labels(x);
        var patterns = ActivationPatterns.sampled(x, 3, new RandomStreams(1).stream("h", 0));
        bad(() -> new RobustConvexRelu(x, y, patterns, 0, 0.1), "beta");
        bad(() -> new RobustConvexRelu(x, y, patterns, 1, -0.1), "epsilon");
        bad(() -> new RobustConvexRelu(x, new double[5], patterns, 1, 0.1), "y[0]", "+1");
        bad(() -> new RobustConvexRelu(x, new double[4], patterns, 1, 0.1), "y");
        bad(() -> new ReluTraining(x, y, PointLoss.hinge(), 1, 1, 0), "width");
        bad(() -> new ReluTraining(x, y, null, 1, 1, 1), "loss");
        bad(() -> new ReluTraining(x, y, PointLoss.hinge(), 0, 1, 1), "scale");
        bad(() -> TwoLayerReluNetwork.of(new double[5], 3), "parameters");
        bad(() -> TwoLayerReluNetwork.recover(new double[5], 3), "u");
        bad(() -> new TwoLayerReluNetwork(new DMatrixRMaj(2, 2), new double[3]), "output");
        bad(() -> new SampledConvexProgram(new DMatrixRMaj(2, 2), x, y, 1), "hidden");
        bad(() -> new SampledConvexProgram(new DMatrixRMaj(2, 3), x, y, 0), "beta");
        bad(() -> new ProjectedGradientAttack(-1, 1, 1, 1), "epsilon");
        bad(() -> new ProjectedGradientAttack(1, -1, 1, 1), "steps");
        bad(() -> new ProjectedGradientAttack(1, 1, 1, 0), "free");
    }
}
