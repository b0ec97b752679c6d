package org.konvergo.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import org.junit.jupiter.api.Test;
import org.konvergo.problem.Smooth;

class SubgradientMethodTest {
    /** f = |x| + 2 |y - 1|, least at (0, 1). */
    private static final Smooth KINKED =
            LbfgsTest.of(
                    (x, g) -> {
                        g[0] = Math.signum(x[0]);
                        g[1] = 2 * Math.signum(x[1] - 1);
                        return Math.abs(x[0]) + 2 * Math.abs(x[1] - 1);
                    });

    /**
     * With steps s_t the best value is within G (R^2 + sum s_t^2) / (2 sum s_t) of the least, where
     * G bounds the subgradients and R is the distance from the start.
     */
    @Test
    void obeysTheBoundForNormalisedSteps() {
        double[] x0 = {2, -1};
        var method = new SubgradientMethod(KINKED, 0.5, x0);
        var s = method.start();
        double sum = 0;
        double squares = 0;
        for (int t = 1; t <= 2000; t++) {
            s = method.step(s);
            double step = 0.5 / Math.sqrt(t);
            sum += step;
            squares += step * step;
            double bound = Math.sqrt(5) * (8 + squares) / (2 * sum);
            assertTrue(s.value() <= bound, "step " + t);
        }
        assertEquals(0, s.value(), 0.02);
        assertEquals(s.value(), KINKED.value(s.x()));
    }

    @Test
    void keepsTheBestPointAndStopsWhereTheGradientIsZero() {
        var method = new SubgradientMethod(KINKED, 3, new double[] {0.1, 1});
        var s = method.step(method.start());
        assertArrayEquals(new double[] {0.1, 1}, s.x());
        var minimum = new SubgradientMethod(KINKED, 3, new double[] {0, 1});
        assertArrayEquals(new double[] {0, 1}, minimum.step(minimum.start()).x());
    }

    @Test
    void refusesBadInput() {
        bad(() -> new SubgradientMethod(null, 1, new double[2]), "problem");
        bad(() -> new SubgradientMethod(KINKED, 0, new double[2]), "scale");
        bad(() -> new SubgradientMethod(KINKED, 1, new double[1]), "x0");
        bad(() -> new SubgradientMethod(KINKED, 1, new double[] {Double.NaN, 0}), "x0[0]");
    }
}
