package org.konvergo.dynamics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.konvergo.Require;

/**
 * Weierstrass' rough function w(t) = sum over k = 1..terms of 2^(-gamma k) cos(2^k pi t): as long
 * as 2^-terms is small, Hoelder continuous of order gamma everywhere and no smoother anywhere. On a
 * grid of step 2^-L every term with k &gt; L equals its largest value at the nodes, which makes it
 * the worst case for schemes on such grids.
 */
public final class WeierstrassFunction {
    private final double[] weights;

    /**
     * Chooses the roughness.
     *
     * @param gamma Hoelder exponent, in (0, 1]
     * @param terms number of terms, from 1 to 1000
     * @throws IllegalArgumentException if an argument is out of range
     */
    public WeierstrassFunction(double gamma, int terms) {
        Require.that(gamma > 0 && gamma <= 1, "gamma", "in (0, 1]", gamma);
        Require.within("terms", terms, 1, 1000);
        weights = new double[terms];
        Arrays.setAll(weights, k -> StrictMath.pow(2, -gamma * (k + 1)));
    }

    /**
     * The function at a time.
     *
     * @param t finite, below 1e6 in size
     * @return w(t)
     * @throws IllegalArgumentException if the time is out of range
     */
    public double value(double t) {
        Require.within("t", t, -1e6, 1e6);
        double sum = 0;
        for (int k = weights.length; k >= 1; k--) {
            sum += weights[k - 1] * StrictMath.cos(Math.PI * reduced(k, t));
        }
        return sum;
    }

    /**
     * The mean over an interval, exact: the terms are integrated one by one.
     *
     * @param t beginning of the interval, below 1e6 in size
     * @param length its length, positive, below 1e6
     * @return (1 / length) times the integral of w from t to t + length
     * @throws IllegalArgumentException if an argument is out of range
     */
    public double mean(double t, double length) {
        Require.within("t", t, -1e6, 1e6);
        Require.positive("length", length);
        Require.within("length", length, 0, 1e6);
        double half = length / 2;
        double sum = 0;
        for (int k = weights.length; k >= 1; k--) {
            // sin b - sin a = 2 cos((a + b) / 2) sin((b - a) / 2)
            double wave = StrictMath.sin(Math.PI * reduced(k, half));
            sum +=
                    weights[k - 1]
                            * StrictMath.cos(Math.PI * reduced(k, t + half))
                            * wave
                            / (Math.PI * Math.scalb(half, k));
        }
        return sum;
    }

    /** 2^k t modulo 2, without error. */
    private static double reduced(int k, double t) {
        return Math.scalb(t, k) % 2;
    }

    /**
     * A table of the values on a grid, for schemes that ask for them again and again.
     *
     * @param step of the grid, positive
     * @param size number of nodes 0, step, 2 step, ..., at least 1
     * @return a function that looks up the nearest node
     * @throws IllegalArgumentException if an argument is out of range
     */
    public DoubleUnaryOperator onGrid(double step, int size) {
        var table = new double[Require.atLeast("size", size, 1)];
        Require.positive("step", step);
        Arrays.setAll(table, k -> value(k * step));
        return lookUp(table, step);
    }

    /**
     * A table of the means over the steps of a grid: what a scheme with so short a step would use
     * if it knew the function between the nodes.
     *
     * @param step of the grid, positive
     * @param size number of steps, at least 1
     * @return a function that, at a node, gives the mean over the step that begins there
     * @throws IllegalArgumentException if an argument is out of range
     */
    public DoubleUnaryOperator meansOnGrid(double step, int size) {
        var table = new double[Require.atLeast("size", size, 1)];
        Require.positive("step", step);
        Arrays.setAll(table, k -> mean(k * step, step));
        return lookUp(table, step);
    }

    private static DoubleUnaryOperator lookUp(double[] table, double step) {
        return t -> {
            double node = Math.rint(t / step);
            if (!(node >= 0 && node < table.length)) {
                Require.that(false, "t", "on the grid of " + table.length + " steps of " + step, t);
            }
            return table[(int) node];
        };
    }
}
