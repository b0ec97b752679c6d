package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.values;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.constrained.Accuracy;
import org.konvergo.constrained.InnerSolver;
import org.konvergo.constrained.NewtonSqp;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Minres;
import org.konvergo.problem.CutestProblem;
import org.konvergo.saddle.RestartedPdhg;
import org.konvergo.transport.AssignmentProblem;

/** Entries of Krylov methods for symmetric systems, and of restarts. */
final class KrylovFigures {
    private KrylovFigures() {}

    /** A symmetric matrix with eigenvalues of both signs. */
    private static DMatrixRMaj indefinite(int n) {
        DMatrixRMaj a = matrix(n, n, "a").copy();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.set(i, j, a.get(j, i));
            }
        }
        return a;
    }

    static void addTo(Golden golden) {
        golden.method(
                "Minres",
                30,
                (Minres.State s) -> Golden.join(s.x(), new double[] {s.residual()}),
                () ->
                        new Minres(
                                (x, y) -> Kernels.gemv(indefinite(17), x, y),
                                values(17, "b"),
                                new double[17]));
        golden.method(
                "RestartedPdhg",
                400,
                (RestartedPdhg.State s) ->
                        Golden.join(s.x(), s.y(), new double[] {s.merit(), s.step(), s.weight()}),
                () -> RestartedPdhg.of(new AssignmentProblem(matrix(5, 5, "cost")), 0.5, 1));
        golden.method(
                "NewtonSqp minres",
                8,
                (NewtonSqp.State s) -> Golden.join(s.x(), s.lambda()),
                () ->
                        NewtonSqp.of(
                                CutestProblem.HS42.problem(),
                                InnerSolver.minres(),
                                Accuracy.quadratic()));
    }
}
