package org.konvergo.problem;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;

/** An equality-constrained problem given by formulas, which {@link Jet} differentiates. */
public final class FormulaProblem implements EqualityConstrainedProblem {
    private final double[] start;
    private final Formula objective;
    private final List<Formula> constraints;

    /** A function of a few variables, written with the operations of {@link Jet}. */
    @FunctionalInterface
    public interface Formula {
        /**
         * The function.
         *
         * @param x the variables
         * @return its value with derivatives
         */
        Jet of(Jet[] x);
    }

    /**
     * A problem.
     *
     * @param start usual starting point, of length n at least 1, finite
     * @param objective f
     * @param constraints c_1, ..., c_m, at least one and at most n
     * @throws IllegalArgumentException if the start is empty or not finite, or the number of
     *     constraints is out of range
     */
    public FormulaProblem(double[] start, Formula objective, Formula... constraints) {
        Require.atLeast("length of start", Require.finite("start", start).length, 1);
        Require.that(
                constraints.length >= 1 && constraints.length <= start.length,
                "number of constraints",
                "in 1.." + start.length,
                constraints.length);
        this.start = start.clone();
        this.objective = Require.notNull("objective", objective);
        this.constraints = List.of(constraints);
    }

    @Override
    public int dimension() {
        return start.length;
    }

    @Override
    public int constraintCount() {
        return constraints.size();
    }

    @Override
    public double value(double[] x) {
        return at(objective, x).value();
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        copy(at(objective, x).gradient(), gradient, 0);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        Jet jet = at(objective, x);
        copy(jet.gradient(), gradient, 0);
        return jet.value();
    }

    @Override
    public void constraints(double[] x, double[] c) {
        Require.length("c", c, constraintCount());
        Arrays.setAll(c, i -> at(constraints.get(i), x).value());
    }

    @Override
    public void jacobian(double[] x, DMatrixRMaj jacobian) {
        Require.shape("jacobian", jacobian, constraintCount(), dimension());
        for (int i = 0; i < constraintCount(); i++) {
            copy(at(constraints.get(i), x).gradient(), jacobian.data, i * dimension());
        }
    }

    @Override
    public void lagrangianHessian(double[] x, double[] lambda, DMatrixRMaj hessian) {
        Require.length("lambda", lambda, constraintCount());
        Require.shape("hessian", hessian, dimension(), dimension());
        Jet lagrangian = at(objective, x);
        for (int i = 0; i < lambda.length; i++) {
            lagrangian = lagrangian.plus(at(constraints.get(i), x).times(lambda[i]));
        }
        copy(lagrangian.hessian(), hessian.data, 0);
    }

    @Override
    public double[] start() {
        return start.clone();
    }

    private Jet at(Formula formula, double[] x) {
        return formula.of(Jet.variables(Require.length("x", x, dimension())));
    }

    private static void copy(double[] from, double[] to, int offset) {
        System.arraycopy(from, 0, to, offset, from.length);
    }
}
