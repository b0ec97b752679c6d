package org.konvergo.bench;

import java.util.Map;
import java.util.function.Function;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;

/** Log-sum-exp of each row of an n x n matrix. */
final class LogSumExpRows extends Workload {
    private final int n;

    LogSumExpRows(int n) {
        super("logsumexp", Integer.toString(n));
        this.n = n;
    }

    @Override
    String title() {
        return "Log-sum-exp of the rows, " + n + " x " + n;
    }

    @Override
    Inputs draw(RandomStream random) {
        return new Inputs().with("a", RandomMatrices.gaussian(n, n, random));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var a = in.matrix("a");
                    var y = new double[a.numRows];
                    return Solver.of(
                            () -> {
                                Kernels.logSumExpRows(a, y);
                                return y;
                            });
                });
    }

    @Override
    double measure(Inputs in, double[] y) {
        var expected = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0; // Gaussian entries need no shift.
            for (int j = 0; j < n; j++) {
                sum += StrictMath.exp(in.matrix("a").get(i, j));
            }
            expected[i] = StrictMath.log(sum);
        }
        return Plain.difference(y, expected);
    }

    @Override
    double tolerance() {
        return 1e-13;
    }
}
