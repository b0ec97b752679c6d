package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

class FiniteSumOperatorTest {
    private static FiniteSumOperator operator(int m, int n, RandomStream random) {
        var a = RandomMatrices.gaussian(m, n, random);
        return FiniteSumOperator.gradientOf(new LeastSquares(a, random.gaussians(m)));
    }

    private static int[] all(int m) {
        var terms = new int[m];
        java.util.Arrays.setAll(terms, i -> i);
        return terms;
    }

    @Property(tries = 50)
    void theAverageOfAllTermsIsTheOperator(
            @ForAll @IntRange(min = 1, max = 12) int m,
            @ForAll @IntRange(min = 1, max = 8) int n,
            @ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("sum", 0);
        var f = operator(m, n, random);
        assertEquals(m, f.terms());
        assertEquals(n, f.dimension());
        double[] z = random.gaussians(n);
        double[] from = random.gaussians(n);
        for (var each : java.util.List.of(f, f.resolventEquation(0.7, random.gaussians(n)))) {
            var full = new double[n];
            var average = new double[n];
            each.apply(z, full);
            each.apply(all(m), z, average);
            assertArrayEquals(full, average, 1e-11);
            var before = new double[n];
            each.apply(all(m), from, before);
            var difference = new double[n];
            each.difference(all(m), z, from, difference);
            for (int i = 0; i < n; i++) {
                assertEquals(full[i] - before[i], difference[i], 1e-11);
            }
        }
    }

    @Test
    void resolventEquationHasItsZeroAtTheResolvent() {
        // F(z) = z for least squares with A = 1: the resolvent of step F halves for step 1.
        var f =
                FiniteSumOperator.gradientOf(
                        new LeastSquares(
                                new org.ejml.data.DMatrixRMaj(new double[][] {{1}}),
                                new double[1]));
        double[] centre = {3};
        var equation = f.resolventEquation(1, centre);
        centre[0] = 99; // copied
        var result = new double[1];
        equation.apply(new double[] {1.5}, result);
        assertEquals(0, result[0]);
        equation.apply(new double[] {2}, result);
        assertEquals(1, result[0]);
    }

    @Test
    void refusesBadInput() {
        var f = operator(3, 2, new RandomStreams(1).stream("sum", 0));
        bad(() -> FiniteSumOperator.gradientOf(null), "sum");
        bad(() -> f.resolventEquation(0, new double[2]), "step");
        bad(() -> f.resolventEquation(1, new double[3]), "centre", "2");
        bad(() -> f.resolventEquation(1, new double[] {0, Double.NaN}), "centre[1]");
    }
}
