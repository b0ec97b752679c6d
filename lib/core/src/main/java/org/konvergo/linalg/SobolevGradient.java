package org.konvergo.linalg;

import java.util.Arrays;
import org.konvergo.Require;

/**
 * Smooths the gradient of a functional of a function of time: G with -l^2 G'' + G = r on equally
 * spaced nodes. Where r is the gradient for the inner product of L2, G is the one for the inner
 * product (u, v) + l^2 (u', v'); descent along it keeps the function smooth (Neuberger, Sobolev
 * Gradients and Differential Equations, 2010).
 *
 * @param length l, in units of time, non-negative
 * @param step distance of the nodes, positive
 * @param fixedStart whether the function is given at the node before the first, so that G = 0
 *     there; else G' = 0 at the first node
 */
public record SobolevGradient(double length, double step, boolean fixedStart) {
    /**
     * Checks the arguments.
     *
     * @param length as above
     * @param step as above
     * @param fixedStart as above
     * @throws IllegalArgumentException if the length is negative or the step not positive
     */
    public SobolevGradient {
        Require.nonNegative("length", length);
        Require.positive("step", step);
    }

    /**
     * Smooths a gradient; G' = 0 at the last node.
     *
     * @param gradient r at the nodes, at least one; kept
     * @return G, a new vector of the same length
     * @throws IllegalArgumentException if it is empty
     */
    public double[] smooth(double[] gradient) {
        int n = Require.atLeast("length of gradient", gradient.length, 1);
        double weight = length * length / (step * step);
        var off = new double[n];
        var diagonal = new double[n];
        Arrays.fill(off, -weight);
        Arrays.fill(diagonal, 1 + 2 * weight);
        diagonal[n - 1] -= weight;
        if (!fixedStart) {
            diagonal[0] -= weight;
        }
        return TridiagonalSolver.solve(off, diagonal, off, gradient);
    }
}
