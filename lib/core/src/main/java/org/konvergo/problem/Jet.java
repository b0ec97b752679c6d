package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Elementary;

/**
 * A number with its gradient and Hessian in n variables: arithmetic on jets differentiates a
 * formula twice, exactly up to rounding (forward mode; Griewank and Walther, Evaluating
 * Derivatives, 2008, chapter 13). Meant for formulas of a few variables, where n x n numbers an
 * operation cost nothing.
 */
public final class Jet {
    private final double value;
    private final double[] gradient;
    private final double[] hessian; // n x n, row by row

    private Jet(double value, double[] gradient, double[] hessian) {
        this.value = value;
        this.gradient = gradient;
        this.hessian = hessian;
    }

    /**
     * The variables themselves.
     *
     * @param x point of length n
     * @return the n coordinates as jets: unit gradients, no curvature
     */
    public static Jet[] variables(double[] x) {
        int n = Require.notNull("x", x).length;
        var jets = new Jet[n];
        for (int i = 0; i < n; i++) {
            jets[i] = new Jet(x[i], new double[n], new double[n * n]);
            jets[i].gradient[i] = 1;
        }
        return jets;
    }

    /**
     * The value.
     *
     * @return of the formula
     */
    public double value() {
        return value;
    }

    /**
     * The gradient.
     *
     * @return of length n, not a copy
     */
    public double[] gradient() {
        return gradient;
    }

    /**
     * The Hessian.
     *
     * @return n x n, row by row, symmetric; not a copy
     */
    public double[] hessian() {
        return hessian;
    }

    /**
     * Sum.
     *
     * @param other of the same variables
     * @return this + other
     */
    public Jet plus(Jet other) {
        return combined(value + other.value, 1, other, 1);
    }

    /**
     * Sum with a constant.
     *
     * @param constant any number
     * @return this + constant
     */
    public Jet plus(double constant) {
        return new Jet(value + constant, gradient, hessian);
    }

    /**
     * Difference.
     *
     * @param other of the same variables
     * @return this - other
     */
    public Jet minus(Jet other) {
        return combined(value - other.value, 1, other, -1);
    }

    /**
     * Difference with a constant.
     *
     * @param constant any number
     * @return this - constant
     */
    public Jet minus(double constant) {
        return plus(-constant);
    }

    /**
     * Product.
     *
     * @param other of the same variables
     * @return this * other
     */
    public Jet times(Jet other) {
        Jet product = combined(value * other.value, other.value, other, value);
        int n = gradient.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                product.hessian[i * n + j] +=
                        gradient[i] * other.gradient[j] + other.gradient[i] * gradient[j];
            }
        }
        return product;
    }

    /**
     * Multiple.
     *
     * @param factor any number
     * @return factor * this
     */
    public Jet times(double factor) {
        return chain(factor * value, factor, 0);
    }

    /**
     * Power.
     *
     * @param exponent at least 1
     * @return this to that power
     * @throws IllegalArgumentException if the exponent is below 1
     */
    public Jet power(int exponent) {
        Require.atLeast("exponent", exponent, 1);
        double below = 1; // value^(exponent - 2), for exponents from 2 on
        for (int k = 2; k < exponent; k++) {
            below *= value;
        }
        return exponent == 1
                ? this
                : chain(
                        below * value * value,
                        exponent * below * value,
                        exponent * (exponent - 1) * below);
    }

    /**
     * Natural logarithm.
     *
     * @return log of this; NaN of a negative value
     */
    public Jet log() {
        return chain(Elementary.log(value), 1 / value, -1 / (value * value));
    }

    /**
     * Sine.
     *
     * @return sin of this, in radians
     */
    public Jet sin() {
        double sine = StrictMath.sin(value);
        return chain(sine, StrictMath.cos(value), -sine);
    }

    /**
     * The jet with this value and the derivatives a * this + b * other, curvature of a product
     * apart.
     */
    private Jet combined(double result, double a, Jet other, double b) {
        Require.length("gradient of other", other.gradient, gradient.length);
        var g = new double[gradient.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = a * gradient[i] + b * other.gradient[i];
        }
        var h = new double[hessian.length];
        for (int k = 0; k < h.length; k++) {
            h[k] = a * hessian[k] + b * other.hessian[k];
        }
        return new Jet(result, g, h);
    }

    /** A function of this, with its value and its first and second derivative. */
    private Jet chain(double result, double first, double second) {
        int n = gradient.length;
        var g = new double[n];
        var h = new double[n * n];
        for (int i = 0; i < n; i++) {
            g[i] = first * gradient[i];
            for (int j = 0; j < n; j++) {
                h[i * n + j] = first * hessian[i * n + j] + second * gradient[i] * gradient[j];
            }
        }
        return new Jet(result, g, h);
    }
}
