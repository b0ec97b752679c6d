package org.konvergo.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStreams;

class AssignmentProblemTest {
    private static AssignmentProblem random(int n, long seed) {
        var random = new RandomStreams(seed).stream("cost", 0);
        return new AssignmentProblem(DMatrixRMaj.wrap(n, n, random.uniforms(n * n)));
    }

    /** A A' column by column, through the products. */
    private static DMatrixRMaj gram(AssignmentProblem problem) {
        int m = problem.dualDimension();
        var gram = new DMatrixRMaj(m, m);
        for (int j = 0; j < m; j++) {
            var unit = new double[m];
            unit[j] = 1;
            var aty = new double[problem.primalDimension()];
            problem.applyTransposed(unit, aty);
            var column = new double[m];
            problem.apply(aty, column);
            for (int i = 0; i < m; i++) {
                gram.set(i, j, column[i]);
            }
        }
        return gram;
    }

    @Test
    void spectrumForThreeRows() {
        var problem = random(3, 1);
        double[] eigenvalues = EigenvaluesNonsymmetric.of(gram(problem)).real();
        Arrays.sort(eigenvalues);
        assertArrayEquals(new double[] {0, 3, 3, 3, 3, 6}, eigenvalues, 1e-12);
        assertEquals(6, problem.largestEigenvalue());
        assertEquals(18 / 6.0, problem.dualMeanEigenvalue());
        assertEquals(18 / 9.0, problem.primalMeanEigenvalue());
    }

    @Test
    void twoByTwo() {
        var problem = new AssignmentProblem(new DMatrixRMaj(new double[][] {{1, 2}, {3, 1}}));
        double[] identity = {1, 0, 0, 1};
        assertEquals(2, problem.objective(identity));
        assertEquals(2, HungarianSolver.solve(problem.cost()).cost());
        assertEquals(0, problem.residual(identity, new double[] {0, 0, 1, 1}));
        // The other assignment is feasible and not optimal.
        assertTrue(problem.residual(new double[] {0, 1, 1, 0}, new double[] {0, 0, 1, 1}) >= 1);
    }

    @Property(tries = 60)
    void exactAssignmentIsASaddlePoint(
            @ForAll @IntRange(min = 1, max = 12) int n, @ForAll @LongRange long seed) {
        var problem = random(n, seed);
        var exact = HungarianSolver.solve(problem.cost());
        var x = new double[n * n];
        for (int i = 0; i < n; i++) {
            x[i * n + exact.columns()[i]] = 1;
        }
        var y = Arrays.copyOf(exact.rowPotentials(), 2 * n);
        System.arraycopy(exact.columnPotentials(), 0, y, n, n);
        assertTrue(problem.residual(x, y) <= 1e-13);
        assertEquals(exact.cost(), problem.objective(x), 1e-12);
        assertEquals(exact.cost(), -problem.dual().value(y), 1e-12);
        assertEquals(exact.cost(), problem.lowerBound(y), 1e-12);
        double[] any = new RandomStreams(seed).stream("dual", 0).gaussians(2 * n);
        assertTrue(problem.lowerBound(any) <= exact.cost() + 1e-12);
    }

    @Property(tries = 60)
    void productsAreTransposes(
            @ForAll @IntRange(min = 1, max = 20) int n, @ForAll @LongRange long seed) {
        var problem = random(n, seed);
        var stream = new RandomStreams(seed).stream("points", 0);
        double[] x = stream.gaussians(n * n);
        double[] y = stream.gaussians(2 * n);
        var ax = new double[2 * n];
        var aty = new double[n * n];
        problem.apply(x, ax);
        problem.applyTransposed(y, aty);
        assertEquals(Kernels.dot(ax, y), Kernels.dot(x, aty), 1e-11 * n * n);
    }

    @Test
    void proximalMapsAreThoseOfTheSteps() {
        var problem = new AssignmentProblem(new DMatrixRMaj(new double[][] {{1, 2}, {3, 1}}));
        double[] x = {1, 0, 2, -1};
        problem.primal().prox(0.5, x, x);
        assertArrayEquals(new double[] {0.5, 0, 0.5, 0}, x);
        double[] y = {1, 2, 3, 4};
        problem.dual().prox(0.25, y, y);
        assertArrayEquals(new double[] {1.25, 2.25, 3.25, 4.25}, y);
        assertEquals(2, problem.primal().value(new double[] {1, 0, 0, 1}));
        assertEquals(
                Double.POSITIVE_INFINITY, problem.primal().value(new double[] {1, 0, 0, -1e-6}));
    }

    @Test
    void residualKeepsNaN() {
        var problem = random(2, 1);
        double[] nan = {1, Double.NaN, 0, 0};
        assertTrue(Double.isNaN(problem.residual(nan, new double[4])));
    }

    @Test
    void refusesBadInput() {
        bad(() -> new AssignmentProblem(null), "cost");
        bad(() -> new AssignmentProblem(new DMatrixRMaj(2, 3)), "cost", "square", "2 x 3");
        bad(() -> new AssignmentProblem(new DMatrixRMaj(0, 0)), "rows of cost");
        bad(
                () -> new AssignmentProblem(new DMatrixRMaj(new double[][] {{Double.NaN}})),
                "cost[0]",
                "NaN");
        var problem = random(2, 1);
        var four = new double[4];
        bad(() -> problem.apply(new double[3], four), "x", "4");
        bad(() -> problem.apply(four, new double[3]), "ax");
        bad(() -> problem.applyTransposed(new double[3], four), "y");
        bad(() -> problem.applyTransposed(four, new double[3]), "aty");
        bad(() -> problem.residual(new double[3], four), "x");
        bad(() -> problem.objective(new double[3]), "x");
        bad(() -> problem.lowerBound(new double[3]), "y");
        bad(() -> problem.primal().prox(0, four, four), "step");
        bad(() -> problem.primal().value(new double[3]), "x");
        bad(() -> problem.dual().prox(1, four, new double[3]), "result");
        bad(() -> problem.dual().prox(Double.NaN, four, four), "step");
    }
}
