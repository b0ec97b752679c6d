package org.konvergo.constrained;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.Smooth;

/**
 * Frank-Wolfe with away steps on the unit simplex: where leaving the worst vertex that x uses
 * promises more than going to the best one, it leaves. Linear convergence on polytopes, where the
 * plain method zigzags.
 *
 * <p>Source: Guelat and Marcotte, Some comments on Wolfe's away step, 1986; Lacoste-Julien and
 * Jaggi, On the global linear convergence of Frank-Wolfe optimization variants, 2015.
 *
 * @param f the function, convex; plus infinity outside its domain
 * @param rule chooses the step; {@link StepRule#backtracking} is usual
 * @param x0 start, in the simplex and in the domain of f
 */
public record AwayStepFrankWolfe(Smooth f, StepRule rule, double[] x0)
        implements Method<FrankWolfe.State> {
    /**
     * Checks the arguments.
     *
     * @param f as above
     * @param rule as above
     * @param x0 as above
     * @throws IllegalArgumentException if f is not finite at the start, or the start has a negative
     *     entry or a sum other than 1
     */
    public AwayStepFrankWolfe {
        Require.notNull("f", f);
        Require.notNull("rule", rule);
        Require.nonNegative("x0", x0);
        Require.within("sum of x0", Kernels.sum(x0), 1 - 1e-9, 1 + 1e-9);
        new MovingPoint(f, x0);
    }

    @Override
    public FrankWolfe.State start() {
        var state = new FrankWolfe.State(f, x0, rule.initialMemory());
        state.look(simplex());
        return state;
    }

    private LinearMinimizationOracle simplex() {
        return LinearMinimizationOracle.simplex(f.dimension(), 1);
    }

    @Override
    public FrankWolfe.State step(FrankWolfe.State s, OracleCounter calls) {
        double[] gradient = s.gradient();
        double[] x = s.x();
        int worst = -1;
        for (int i = 0; i < x.length; i++) {
            if (x[i] > 0 && (worst < 0 || gradient[i] > gradient[worst])) {
                worst = i;
            }
        }
        double away = gradient[worst] - Kernels.dot(gradient, x);
        if (s.gap() >= away || x[worst] >= 1) {
            s.point().aim(s.vertex(), false);
            s.advance(rule, s.gap(), 1, calls);
        } else {
            var vertex = new double[x.length];
            vertex[worst] = 1;
            double largest = x[worst] / (1 - x[worst]);
            s.point().aim(vertex, true);
            double gamma = s.advance(rule, away, largest, calls);
            if (gamma >= largest || x[worst] < 0) {
                s.point().drop(worst);
            }
        }
        s.look(simplex());
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 1);
        return s;
    }
}
