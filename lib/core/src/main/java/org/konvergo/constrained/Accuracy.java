package org.konvergo.constrained;

import org.konvergo.Require;

/** How exactly the system of a Newton step is solved: the residual relative to the right side. */
@FunctionalInterface
public interface Accuracy {
    /**
     * What a rule may look at.
     *
     * @param iteration outer iterations done
     * @param kkt norm of the right side, which is the KKT residual
     * @param delta the adapted accuracy parameter
     * @param matrixNorm Frobenius norm of the KKT matrix
     * @param psi bound on the inverse, as {@link NewtonSqp} estimates it
     */
    record Situation(long iteration, double kkt, double delta, double matrixNorm, double psi) {}

    /**
     * The accuracy of this step.
     *
     * @param situation where the method stands
     * @return what |K z - b| / |b| must not exceed
     */
    double relativeResidual(Situation situation);

    /**
     * The paper's rule, |K|_F psi |r| at most theta delta |b|, under which a small enough delta
     * makes the inexact direction one of descent.
     *
     * @param theta in (0, 1]
     * @return the rule
     * @throws IllegalArgumentException if theta is out of range
     */
    static Accuracy adaptive(double theta) {
        Require.that(theta > 0 && theta <= 1, "theta", "in (0, 1]", theta);
        return s -> theta * s.delta / (s.matrixNorm * s.psi);
    }

    /**
     * The same accuracy in every step: linear convergence.
     *
     * @param rho in (0, 1)
     * @return the rule
     * @throws IllegalArgumentException if rho is out of range
     */
    static Accuracy constant(double rho) {
        Require.that(rho > 0 && rho < 1, "rho", "in (0, 1)", rho);
        return s -> rho;
    }

    /**
     * As exact as the iterate is good, min(0.1, |b|): quadratic convergence.
     *
     * @return the rule
     */
    static Accuracy quadratic() {
        return s -> Math.min(0.1, s.kkt);
    }

    /**
     * Exactness by the clock, min(0.1, 0.5^k)^1.5 in iteration k: superlinear convergence.
     *
     * @return the rule
     */
    static Accuracy superlinear() {
        return s -> {
            double base = Math.min(0.1, Math.scalb(1.0, (int) -Math.min(s.iteration, 1000)));
            return base * Math.sqrt(base);
        };
    }
}
