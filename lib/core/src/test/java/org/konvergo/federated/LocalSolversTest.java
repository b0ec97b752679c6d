package org.konvergo.federated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.problem.SampleData.assertRefused;
import static org.konvergo.problem.SampleData.checkDerivatives;
import static org.konvergo.problem.SampleData.features;

import org.junit.jupiter.api.Test;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.LeastSquares;
import org.konvergo.problem.MultinomialLogistic;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class LocalSolversTest {
    private static RandomStream stream() {
        return new RandomStreams(1).stream("local solvers", 0);
    }

    /** F(w) = w^2 / 2. */
    private static LeastSquares parabola() {
        return LeastSquares.separable(new double[] {1}, new double[] {0});
    }

    private static MultinomialLogistic logistic() {
        int[] labels = {0, 1, 2, 1, 0, 2, 2};
        return new MultinomialLogistic(features(7, 3, 0), labels, 3);
    }

    @Test
    void stepOfSgdInOneDimension() {
        // w = 2, anchor 1, mu = 3, step 0.1: 2 - 0.1 (2 + 3 (2 - 1)) = 1.5
        var local = new LocalProblem(parabola(), 3, new double[] {1});
        var gradient = new double[1];
        local.gradient(new int[] {0}, new double[] {2}, gradient);
        assertEquals(1.5, 2 - 0.1 * gradient[0], 1e-15);

        // Two epochs from the anchor: 1 - 0.1 = 0.9, then 0.9 - 0.1 (0.9 - 3 * 0.1) = 0.84.
        double[] w = new LocalSgd(0.1, 10).solve(local, 2, stream(), new OracleCounter());
        assertEquals(0.84, w[0], 1e-15);
    }

    @Test
    void derivativesOfTheLocalProblem() {
        var anchor = new double[] {1, 0, -1, 0.5, 0, 0, 2, 0, 0};
        checkDerivatives(new LocalProblem(logistic(), 0.7, anchor), new double[9]);
    }

    @Test
    void anchorIsLeftAlone() {
        double[] anchor = {1};
        new LocalSgd(0.1, 1)
                .solve(new LocalProblem(parabola(), 0, anchor), 1, stream(), new OracleCounter());
        assertArrayEquals(new double[] {1}, anchor);
    }

    @Test
    void batchesCoverTheSamplesAndAreCounted() {
        var calls = new OracleCounter();
        var local = new LocalProblem(logistic(), 0, new double[9]);
        new LocalSgd(0.1, 3).solve(local, 5, stream(), calls);
        assertEquals(15, calls.count(Oracle.GRADIENT)); // batches of 3, 3 and 1
    }

    @Test
    void fewerEpochsAreTheFirstPartOfTheSamePath() {
        var anchor = new double[9];
        var sgd = new LocalSgd(0.1, 2);
        var f = logistic();
        var calls = new OracleCounter();
        double[] two = sgd.solve(new LocalProblem(f, 0, anchor), 2, stream(), calls);
        var random = stream();
        double[] one = sgd.solve(new LocalProblem(f, 0, anchor), 1, random, calls);
        double[] rest = sgd.solve(new LocalProblem(f, 0, one), 1, random, calls);
        assertArrayEquals(two, rest);
    }

    @Test
    void inexactnessIsOneAtTheAnchorAndZeroAtTheSolution() {
        var local = new LocalProblem(parabola(), 3, new double[] {4});
        assertEquals(1, local.inexactness(new double[] {4}));
        double[] w = new ExactLocal().solve(local, 1, stream(), new OracleCounter());
        assertEquals(3, w[0], 1e-15); // mu anchor / (1 + mu)
        assertEquals(0, local.inexactness(w), 1e-15);
        assertTrue(
                Double.isNaN(
                        new LocalProblem(parabola(), 1, new double[1]).inexactness(new double[1])));
    }

    @Test
    void moreWorkIsMoreExact() {
        var local = new LocalProblem(logistic(), 1, new double[9]);
        var sgd = new LocalSgd(0.1, 7);
        var calls = new OracleCounter();
        double few = local.inexactness(sgd.solve(local, 1, stream(), calls));
        double many = local.inexactness(sgd.solve(local, 20, stream(), calls));
        assertTrue(many < few && few < 1);
    }

    @Test
    void refusesBadInput() {
        assertRefused("mu", () -> new LocalProblem(parabola(), -1, new double[1]));
        assertRefused("mu", () -> new LocalProblem(parabola(), Double.NaN, new double[1]));
        assertRefused("anchor", () -> new LocalProblem(parabola(), 1, new double[2]));
        assertRefused("objective", () -> new LocalProblem(null, 1, new double[2]));
        assertRefused("step", () -> new LocalSgd(0, 10));
        assertRefused("batch", () -> new LocalSgd(0.1, 0));
        var local = new LocalProblem(logistic(), 1, new double[9]);
        assertRefused(
                "epochs",
                () -> new LocalSgd(0.1, 1).solve(local, 0, stream(), new OracleCounter()));
        assertRefused(
                "client objective",
                () -> new ExactLocal().solve(local, 1, stream(), new OracleCounter()));
    }
}
