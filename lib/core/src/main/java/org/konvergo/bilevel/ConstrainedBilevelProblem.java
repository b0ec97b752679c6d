package org.konvergo.bilevel;

import java.util.Arrays;
import org.konvergo.Require;
import org.konvergo.linalg.AffineProjection;
import org.konvergo.linalg.DykstraProjection;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.Proximable;

/**
 * A bilevel problem whose lower level has constraints that move with x: minimise F(x, y) over x in
 * X and y among the minimisers of f(x, .) over {y in Y : g(x, y) &lt;= 0}, or = 0.
 *
 * @param levels F, f, X and Y
 * @param coupling g
 * @param feasible indicator of C = {(x, y) : x in X, y in Y, g(x, y) &lt;= 0} in R^(n + m), x
 *     before y; its projection is what {@link LvHba} takes
 */
public record ConstrainedBilevelProblem(
        BilevelProblem levels, CouplingConstraint coupling, Proximable feasible) {
    private static final int SWEEPS = 50;
    private static final double TOLERANCE = 1e-12;

    /**
     * Checks the arguments.
     *
     * @param levels as above
     * @param coupling as above
     * @param feasible as above
     * @throws IllegalArgumentException if one is null or the dimensions differ
     */
    public ConstrainedBilevelProblem {
        Require.notNull("levels", levels);
        Require.notNull("coupling", coupling);
        Require.notNull("feasible", feasible);
        Require.that(
                coupling.dimensionX() == levels.dimensionX(),
                "dimensionX of coupling",
                "that of the levels, " + levels.dimensionX(),
                coupling.dimensionX());
        Require.that(
                coupling.dimensionY() == levels.dimensionY(),
                "dimensionY of coupling",
                "that of the levels, " + levels.dimensionY(),
                coupling.dimensionY());
    }

    /**
     * A problem with linear coupling constraints and no others, X = R^n and Y = R^m. Equations are
     * projected on by a factorisation, inequalities by 50 sweeps of Dykstra's algorithm.
     *
     * @param upper F
     * @param lower f
     * @param coupling g
     * @return the problem
     * @throws IllegalArgumentException if one is null, the dimensions differ or no point fulfils
     *     the equations
     */
    public static ConstrainedBilevelProblem linear(
            BilevelObjective upper, BilevelObjective lower, LinearCoupling coupling) {
        var joint = Require.notNull("coupling", coupling).joint();
        var feasible =
                coupling.equality()
                        ? Indicator.of(AffineProjection.of(joint, coupling.b()))
                        : Indicator.of(
                                DykstraProjection.halfSpaces(
                                        joint, coupling.b(), SWEEPS, TOLERANCE));
        return new ConstrainedBilevelProblem(BilevelProblem.of(upper, lower), coupling, feasible);
    }

    /**
     * Projects a pair on C.
     *
     * @param x of length n, overwritten
     * @param y of length m, overwritten
     * @throws IllegalArgumentException if a length differs
     */
    public void project(double[] x, double[] y) {
        int n = Require.length("x", x, levels.dimensionX()).length;
        Require.length("y", y, levels.dimensionY());
        double[] joint = Arrays.copyOf(x, n + y.length);
        System.arraycopy(y, 0, joint, n, y.length);
        feasible.prox(1, joint, joint);
        System.arraycopy(joint, 0, x, 0, n);
        System.arraycopy(joint, n, y, 0, y.length);
    }

    /**
     * How far a pair is from fulfilling the coupling constraints.
     *
     * @param x of length n
     * @param y of length m
     * @return norm of g, or of its positive part
     */
    public double infeasibility(double[] x, double[] y) {
        return Kernels.norm2(violation(x, y));
    }

    /** g, or its positive part. */
    private double[] violation(double[] x, double[] y) {
        var g = new double[coupling.count()];
        coupling.value(x, y, g);
        for (int i = 0; i < g.length && !coupling.equality(); i++) {
            g[i] = Math.max(g[i], 0);
        }
        return g;
    }

    /**
     * The problem without coupling constraints whose lower objective is f + weight |g|^2, or
     * |max(g, 0)|^2. Its solutions violate the constraints by something of the order of 1 / weight.
     *
     * @param weight positive
     * @return the problem; its lower objective has no second derivatives
     * @throws IllegalArgumentException if the weight is not positive
     */
    public BilevelProblem penalized(double weight) {
        Require.positive("weight", weight);
        return new BilevelProblem(
                levels.upper(), new Penalized(weight), levels.domainX(), levels.domainY());
    }

    private final class Penalized implements BilevelObjective {
        private final double weight;

        Penalized(double weight) {
            this.weight = weight;
        }

        @Override
        public int dimensionX() {
            return levels.dimensionX();
        }

        @Override
        public int dimensionY() {
            return levels.dimensionY();
        }

        @Override
        public double value(double[] x, double[] y) {
            double distance = infeasibility(x, y);
            return levels.lower().value(x, y) + weight * distance * distance;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            levels.lower().gradientX(x, y, gradient);
            var ofPenalty = new double[x.length];
            coupling.gradientX(x, y, violation(x, y), ofPenalty);
            Kernels.axpy(2 * weight, ofPenalty, gradient);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            levels.lower().gradientY(x, y, gradient);
            var ofPenalty = new double[y.length];
            coupling.gradientY(x, y, violation(x, y), ofPenalty);
            Kernels.axpy(2 * weight, ofPenalty, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            throw none();
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            throw none();
        }

        private static UnsupportedOperationException none() {
            return new UnsupportedOperationException(
                    "second derivatives should not be asked of a penalty of constraints");
        }
    }
}
