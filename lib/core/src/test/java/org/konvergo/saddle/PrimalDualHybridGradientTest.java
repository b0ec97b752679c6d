package org.konvergo.saddle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.konvergo.Rejects.bad;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.L1Norm;
import org.konvergo.problem.MatrixSaddleProblem;
import org.konvergo.problem.Proximable;

class PrimalDualHybridGradientTest {
    /**
     * theta2(y) = |y|^2/2 + b'y: then max over y gives |Ax + b|^2/2, and with b = -data the lasso.
     */
    record Shifted(double[] b) implements Proximable {
        @Override
        public double value(double[] y) {
            return 0.5 * Kernels.dot(y, y) + Kernels.dot(b, y);
        }

        @Override
        public void prox(double step, double[] y, double[] result) {
            for (int i = 0; i < y.length; i++) {
                result[i] = (y[i] - step * b[i]) / (1 + step);
            }
        }
    }

    @Test
    void lassoAsASaddlePoint() {
        // Orthogonal columns: the solution is the soft threshold of A'data / |column|^2.
        var a = new DMatrixRMaj(new double[][] {{2, 0}, {0, 1}, {0, 0}});
        double[] data = {3, 0.4, 7};
        // y = -(Ax - data) at the saddle, so theta2(y) = |y|^2/2 - data'y.
        var problem =
                new MatrixSaddleProblem(
                        a, new L1Norm(1), new Shifted(new double[] {-data[0], -data[1], -data[2]}));
        var method = PrimalDualHybridGradient.chambollePock(problem, 2.1, 2.1);
        var s = method.start();
        for (int k = 0; k < 2000; k++) {
            s = method.step(s);
        }
        assertEquals(1.25, s.x()[0], 1e-10); // (2 * 3 - 1) / 4
        assertEquals(0, s.x()[1], 1e-10); // 0.4 < 1
        assertEquals(data[0] - 2.5, s.y()[0], 1e-9);
    }

    @Test
    void arrowHurwiczTurnsInCirclesWhereChambollePockConverges() {
        var problem =
                new MatrixSaddleProblem(
                        new DMatrixRMaj(new double[][] {{1}}), Indicator.none(), Indicator.none());
        double[] one = {1};
        for (double product : new double[] {0.5, 1, 4}) {
            double w = Math.sqrt(product);
            var circle = new PrimalDualHybridGradient(problem, w, w, 0, one, one);
            var s = circle.start();
            for (int k = 0; k < 10_000; k++) {
                s = circle.step(s);
            }
            double norm = StrictMath.hypot(s.x()[0], s.y()[0]);
            assertEquals(StrictMath.log(norm), 0, 1.2, "rs = " + product);
        }
        var method = new PrimalDualHybridGradient(problem, 1.1, 1.1, 1, one, one);
        var s = method.start();
        for (int k = 0; k < 500; k++) {
            s = method.step(s);
        }
        assertEquals(0, s.x()[0], 1e-9);
        assertEquals(0, s.y()[0], 1e-9);
    }

    @Test
    void refusesBadInput() {
        var problem =
                new MatrixSaddleProblem(new DMatrixRMaj(2, 3), Indicator.none(), Indicator.none());
        bad(() -> new MatrixSaddleProblem(null, Indicator.none(), Indicator.none()), "a");
        bad(() -> new MatrixSaddleProblem(problem.a(), null, Indicator.none()), "primal");
        bad(() -> new MatrixSaddleProblem(problem.a(), Indicator.none(), null), "dual");
        bad(() -> PrimalDualHybridGradient.chambollePock(null, 1, 1), "problem");
        bad(() -> PrimalDualHybridGradient.chambollePock(problem, 0, 1), "primalWeight");
        bad(() -> PrimalDualHybridGradient.arrowHurwicz(problem, 1, Double.NaN), "dualWeight");
        bad(
                () ->
                        new PrimalDualHybridGradient(
                                problem, 1, 1, 1.5, new double[3], new double[2]),
                "extrapolation");
        bad(
                () -> new PrimalDualHybridGradient(problem, 1, 1, 1, new double[2], new double[2]),
                "x0",
                "3");
        bad(
                () -> new PrimalDualHybridGradient(problem, 1, 1, 1, new double[3], new double[3]),
                "y0",
                "2");
    }
}
