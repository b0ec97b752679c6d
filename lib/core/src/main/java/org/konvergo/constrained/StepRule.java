package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.TwiceSmooth;

/**
 * How far {@link FrankWolfe} goes along its direction. A rule may remember one number from step to
 * step.
 */
public interface StepRule {
    /** A halved step below this is not tried: only rounding is left of it. */
    double LEAST_STEP = 1e-17;

    /**
     * Where a rule is asked.
     *
     * @param t steps done
     * @param slope how fast the function falls along the direction, the inner product of gradient
     *     and d; not negative but for rounding
     * @param largest step that stays in the set
     * @param memory what the rule remembers
     */
    record Situation(long t, double slope, double largest, double memory) {}

    /**
     * What a rule chose.
     *
     * @param gamma step, in [0, largest]
     * @param memory what it remembers
     */
    record Choice(double gamma, double memory) {}

    /**
     * What the rule remembers before the first step.
     *
     * @return 0 for most rules
     */
    default double initialMemory() {
        return 0;
    }

    /**
     * Chooses a step.
     *
     * @param point the point, aimed
     * @param situation where the method stands
     * @param calls where values and Hessian-vector products are counted
     * @return the step
     * @throws IllegalStateException if the rule's step leaves the function's domain
     */
    Choice choose(MovingPoint point, Situation situation, OracleCounter calls);

    /**
     * The open loop, 2/(t+2), whatever the function does (Frank and Wolfe, 1956; Jaggi, Revisiting
     * Frank-Wolfe, 2013).
     *
     * @return the rule
     */
    static StepRule openLoop() {
        return (point, s, calls) -> new Choice(Math.min(2.0 / (s.t + 2), s.largest), 0);
    }

    /**
     * The open loop, but the point stays where it is when the function would rise or the point
     * leave its domain (Carderera, Besancon and Pokutta, Simple steps are all you need, 2021,
     * algorithm 1).
     *
     * @return the rule; it remembers how often the point stayed
     */
    static StepRule monotonicOrStay() {
        return (point, s, calls) -> {
            double gamma = Math.min(2.0 / (s.t + 2), s.largest);
            calls.add(Oracle.VALUE, 1);
            return point.valueAt(gamma) <= point.value()
                    ? new Choice(gamma, s.memory)
                    : new Choice(0, s.memory + 1);
        };
    }

    /**
     * The open loop, halved whenever the function would rise or the point leave its domain:
     * 2^(1-N)/(t+2), where the number N of halvings is remembered and never falls. So it stands in
     * the authors' code; for N above 1 the steps may be too short for the rate 1/t.
     *
     * @return the rule; it remembers N
     */
    static StepRule monotonic() {
        return (point, s, calls) -> halve(point, s, (int) s.memory, calls);
    }

    /**
     * The same with N back at 0 in every step.
     *
     * @return the rule; it remembers N of the last step, and makes no use of it
     */
    static StepRule statelessMonotonic() {
        return (point, s, calls) -> halve(point, s, 0, calls);
    }

    private static Choice halve(MovingPoint point, Situation s, int halvings, OracleCounter calls) {
        for (int n = halvings; ; n++) {
            double gamma = Math.min(Math.scalb(2.0, -n) / (s.t + 2), s.largest);
            if (gamma < LEAST_STEP) { // it changes nothing but rounding: stay
                return new Choice(0, n);
            }
            calls.add(Oracle.VALUE, 1);
            if (point.valueAt(gamma) <= point.value()) {
                return new Choice(gamma, n);
            }
        }
    }

    /**
     * Backtracking on a local Lipschitz constant L of the gradient: start from 0.9 of the last L,
     * take the minimiser of the quadratic model, double L until the model lies above the function
     * (Pedregosa, Negiar, Askari and Jaggi, Linearly convergent Frank-Wolfe with backtracking
     * line-search, 2020). A rise of 1e-12 of the value counts as rounding.
     *
     * @return the rule; it remembers L, at first 1
     */
    static StepRule backtracking() {
        return new StepRule() {
            @Override
            public double initialMemory() {
                return 1;
            }

            @Override
            public Choice choose(MovingPoint point, Situation s, OracleCounter calls) {
                double square = Kernels.dot(point.direction(), point.direction());
                if (!(s.slope > 0) || square == 0) {
                    return new Choice(0, s.memory);
                }
                double slack = 1e-12 * Math.abs(point.value());
                double lipschitz = 0.9 * s.memory;
                while (true) {
                    double gamma = Math.min(s.slope / (lipschitz * square), s.largest);
                    double model =
                            point.value()
                                    - gamma * s.slope
                                    + 0.5 * gamma * gamma * lipschitz * square;
                    calls.add(Oracle.VALUE, 1);
                    if (point.valueAt(gamma) <= model + slack) {
                        return new Choice(gamma, lipschitz);
                    }
                    lipschitz *= 2;
                }
            }
        };
    }

    /**
     * The second-order rule for self-concordant functions (nu = 3): with e the length of d in the
     * norm of the Hessian, g/(e (g M/2 + e)), at most 1. It stays in the domain by theory
     * (Dvurechensky, Ostroukhov, Safin, Shtern and Staudigl, Self-concordant analysis of
     * Frank-Wolfe algorithms, 2020).
     *
     * @param f the function
     * @param m its constant M, positive; 2 for logarithms
     * @return the rule
     * @throws IllegalArgumentException if M is not positive
     */
    static StepRule selfConcordant(TwiceSmooth f, double m) {
        Require.notNull("f", f);
        Require.positive("m", m);
        return (point, s, calls) -> {
            var product = new double[f.dimension()];
            f.hessianVector(point.x(), point.direction(), product);
            calls.add(Oracle.HESSIAN_VECTOR, 1);
            double e = Math.sqrt(Math.max(0, Kernels.dot(point.direction(), product)));
            double bound = s.slope / (e * (0.5 * m * s.slope + e));
            return new Choice(s.slope > 0 ? Math.min(bound, s.largest) : 0, 0);
        };
    }
}
