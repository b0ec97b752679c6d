package org.konvergo.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.random.RandomStream;
import org.konvergo.transport.HungarianSolver;

/** The cheapest assignment of n to n at uniform random costs. */
final class Assignment extends Workload {
    private final int n;

    Assignment(int n) {
        super("assignment", Integer.toString(n));
        this.n = n;
    }

    @Override
    String title() {
        return "Assignment, n = " + n;
    }

    @Override
    Inputs draw(RandomStream random) {
        return new Inputs().with("cost", new DMatrixRMaj(n, n, true, random.uniforms(n * n)));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var cost = in.matrix("cost");
                    return new Solver<>(
                            () -> HungarianSolver.solve(cost),
                            a -> Arrays.stream(a.columns()).asDoubleStream().toArray());
                });
    }

    /** The answer is the column of each row: how much it costs above a dual bound. */
    @Override
    double measure(Inputs in, double[] columns) {
        var cost = in.matrix("cost");
        var proof = HungarianSolver.solve(cost);
        double[] u = proof.rowPotentials();
        double[] v = proof.columnPotentials();
        var taken = new boolean[n];
        double gap = 0;
        for (int i = 0; i < n; i++) {
            int column = (int) columns[i];
            if (taken[column]) {
                return Double.POSITIVE_INFINITY;
            }
            taken[column] = true;
            gap += cost.get(i, column) - u[i] - v[i];
            for (int j = 0; j < n; j++) {
                gap += Math.max(0, u[i] + v[j] - cost.get(i, j));
            }
        }
        return Math.abs(gap);
    }

    @Override
    double tolerance() {
        return 1e-10;
    }
}
