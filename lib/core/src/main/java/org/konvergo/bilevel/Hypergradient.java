package org.konvergo.bilevel;

import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilevelProblem;

/** A way to the gradient in x of F(x, y*(x)), where y*(x) minimises f(x, .). */
@FunctionalInterface
public interface Hypergradient {
    /**
     * Moves y towards the lower solution and writes the hypergradient there.
     *
     * @param problem with F the upper and f the lower objective
     * @param x of length n
     * @param y of length m; on entry where the lower level begins, on return where it ended
     * @param gradient of length n, overwritten
     * @param calls where gradients and Hessian products of F or f are counted
     */
    void apply(
            BilevelProblem problem, double[] x, double[] y, double[] gradient, OracleCounter calls);
}
