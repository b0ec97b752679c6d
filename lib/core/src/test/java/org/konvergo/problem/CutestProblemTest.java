package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.konvergo.Rejects;
import org.konvergo.constrained.EqualityDerivatives;
import org.konvergo.metric.KktResidual;

class CutestProblemTest {
    static List<CutestProblem> all() {
        return CutestProblem.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreThoseOfTheFormulas(CutestProblem cutest) {
        double[] x = cutest.problem().start();
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.7 * x[i] + 0.1 * i;
        }
        EqualityDerivatives.check(cutest.problem(), x, 2e-5);
    }

    @Test
    void knownSolutionsHaveTheKnownValues() {
        double root = Math.sqrt(2);
        solution(CutestProblem.HS28, 0.5, -0.5, 0.5);
        solution(CutestProblem.HS48, 1, 1, 1, 1, 1);
        solution(CutestProblem.HS7, 0, Math.sqrt(3));
        solution(CutestProblem.HS42, 2, 2, 0.6 * root, 0.8 * root);
        solution(CutestProblem.HS6, 1, 1);
        solution(CutestProblem.HS39, 1, 1, 0, 0);
        solution(
                CutestProblem.HS40,
                StrictMath.pow(2, -1 / 3.0),
                StrictMath.pow(2, -0.5),
                StrictMath.pow(2, -11 / 12.0),
                StrictMath.pow(2, -0.25));
        solution(CutestProblem.BT1, 1, 0);
        solution(CutestProblem.BT10, 1, 1);
    }

    private static void solution(CutestProblem cutest, double... x) {
        var problem = cutest.problem();
        var c = new double[problem.constraintCount()];
        problem.constraints(x, c);
        assertArrayEquals(new double[c.length], c, 1e-12, cutest.name());
        assertEquals(cutest.optimum(), problem.value(x), 1e-12, cutest.name());
    }

    /** At (0, sqrt 3) the gradient of HS7 is (0, -1), that of its constraint (0, 2 sqrt 3). */
    @Test
    void residualVanishesWithTheRightMultiplier() {
        var problem = CutestProblem.HS7.problem();
        double root = Math.sqrt(3);
        double[] x = {0, root};
        assertEquals(0, KktResidual.of(problem, x, new double[] {1 / (2 * root)}).norm(), 1e-14);
        var wrong = KktResidual.of(problem, new double[] {0, 1}, new double[] {0.25});
        assertEquals(0.5, wrong.stationarity(), 1e-14);
        assertEquals(2, wrong.infeasibility(), 1e-14);
        assertEquals(Math.sqrt(4.25), wrong.norm(), 1e-14);
    }

    @Test
    void jetsKnowTheRulesOfDifferentiation() {
        Jet x = Jet.variables(new double[] {0.7})[0];
        Jet f = x.power(5).plus(x.log().times(2)).minus(x.sin().times(x)).plus(3);
        double sine = StrictMath.sin(0.7);
        double cosine = StrictMath.cos(0.7);
        assertEquals(
                StrictMath.pow(0.7, 5) + 2 * StrictMath.log(0.7) - 0.7 * sine + 3,
                f.value(),
                1e-14);
        assertEquals(
                5 * StrictMath.pow(0.7, 4) + 2 / 0.7 - sine - 0.7 * cosine, f.gradient()[0], 1e-14);
        assertEquals(20 * 0.343 - 2 / 0.49 - 2 * cosine + 0.7 * sine, f.hessian()[0], 1e-13);
        assertEquals(0, x.power(1).hessian()[0]);
    }

    @Test
    void badInputIsNamed() {
        var problem = CutestProblem.HS7.problem();
        Rejects.bad(() -> problem.value(new double[3]), "x", "of length 2");
        Rejects.bad(() -> problem.constraints(new double[2], new double[2]), "c", "of length 1");
        Rejects.bad(() -> problem.jacobian(new double[2], new DMatrixRMaj(2, 2)), "jacobian");
        Rejects.bad(() -> problem.lagrangianHessian(new double[2], new double[2], null), "lambda");
        Rejects.bad(() -> Jet.variables(new double[1])[0].power(0), "exponent", "at least 1");
        Rejects.bad(() -> new FormulaProblem(new double[1], x -> x[0]), "number of constraints");
        Rejects.bad(() -> new FormulaProblem(new double[0], x -> null), "length of start");
        Rejects.bad(() -> KktResidual.of(problem, new double[1], new double[1]), "x");
        Rejects.bad(
                () -> Jet.variables(new double[1])[0].plus(Jet.variables(new double[2])[0]),
                "gradient of other");
        assertEquals(18, CutestProblem.all().stream().map(CutestProblem::name).distinct().count());
    }
}
