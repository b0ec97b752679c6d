package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.LinearlyComposed;
import org.konvergo.problem.Smooth;

/**
 * A point that moves along segments, and a function along them. Where the function is phi(A x)
 * ({@link LinearlyComposed}) the image A x moves too, so that a trial costs no product with A; it
 * is computed afresh every thousand moves.
 */
public final class MovingPoint {
    private static final int REFRESH = 1000;

    private final Smooth f;
    private final double[] x;
    private final double[] d;
    private final double[] trial;
    private final LinearlyComposed composed; // null if f is of no such form, and then no images
    private final double[] image;
    private final double[] imageOfD;
    private final double[] trialImage;
    private final double[] slopes;
    private double value;
    private double lastGamma = Double.NaN;
    private double lastValue;
    private int moves;

    /**
     * A point at its start.
     *
     * @param f the function; plus infinity or NaN outside its domain
     * @param x0 of length n; copied
     * @throws IllegalArgumentException if the length is wrong or f is not finite there
     */
    public MovingPoint(Smooth f, double[] x0) {
        this.f = Require.notNull("f", f);
        int n = f.dimension();
        x = Require.finite("x0", Require.length("x0", x0, n)).clone();
        d = new double[n];
        trial = new double[n];
        composed = f instanceof LinearlyComposed c ? c : null;
        int p = composed == null ? 0 : composed.matrix().numRows;
        image = new double[p];
        imageOfD = new double[p];
        trialImage = new double[p];
        slopes = new double[p];
        if (composed == null) {
            value = f.value(x);
        } else {
            refresh();
            value = composed.outerValue(image);
        }
        Require.that(Double.isFinite(value), "x0", "in the domain of f", "outside: f is " + value);
    }

    /** The value stays: it may differ by rounding, and must not rise by that. */
    private void refresh() {
        Kernels.gemv(composed.matrix(), x, image);
    }

    /**
     * The point.
     *
     * @return x, of length n, not a copy
     */
    public double[] x() {
        return x;
    }

    /**
     * The function.
     *
     * @return f(x)
     */
    public double value() {
        return value;
    }

    /**
     * The gradient.
     *
     * @param gradient of length n, overwritten
     */
    public void gradient(double[] gradient) {
        if (composed == null) {
            f.gradient(x, gradient);
        } else {
            composed.outerGradient(image, slopes);
            Kernels.gemvTransposed(composed.matrix(), slopes, gradient);
        }
    }

    /**
     * Sets the direction d: the point will move to x - gamma d.
     *
     * @param vertex of length n
     * @param away false for d = x - vertex, towards it; true for d = vertex - x, away from it
     */
    public void aim(double[] vertex, boolean away) {
        double sign = away ? -1 : 1;
        for (int i = 0; i < x.length; i++) {
            d[i] = sign * (x[i] - vertex[i]);
        }
        if (composed != null) {
            multiply(composed.matrix(), vertex, imageOfD);
            Kernels.axpby(sign, image, -sign, imageOfD);
        }
        lastGamma = Double.NaN;
    }

    /** A v; by columns if v has few entries, as extreme points do. */
    private static void multiply(DMatrixRMaj a, double[] v, double[] product) {
        int[] support =
                java.util.stream.IntStream.range(0, v.length).filter(j -> v[j] != 0).toArray();
        if (support.length > 4) {
            Kernels.gemv(a, v, product);
            return;
        }
        Arrays.fill(product, 0);
        for (int j : support) {
            for (int t = 0, at = j; t < product.length; t++, at += a.numCols) {
                product[t] = Math.fma(v[j], a.data[at], product[t]);
            }
        }
    }

    /**
     * The direction.
     *
     * @return d, of length n, not a copy
     */
    public double[] direction() {
        return d;
    }

    /**
     * The function along the direction.
     *
     * @param gamma step
     * @return f(x - gamma d); plus infinity outside the domain, also where f gives NaN
     */
    public double valueAt(double gamma) {
        if (gamma != lastGamma) {
            double there;
            if (composed == null) {
                step(x, gamma, d, trial);
                there = f.value(trial);
            } else {
                step(image, gamma, imageOfD, trialImage);
                there = composed.outerValue(trialImage);
            }
            lastGamma = gamma;
            lastValue = Double.isNaN(there) ? Double.POSITIVE_INFINITY : there;
        }
        return lastValue;
    }

    /**
     * Moves the point to x - gamma d.
     *
     * @param gamma step
     * @throws IllegalStateException if it would leave the domain; the point stays
     */
    public void move(double gamma) {
        if (gamma == 0) {
            return;
        }
        double there = valueAt(gamma);
        if (!(there < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException(
                    "a step of " + gamma + " leaves the domain of the function");
        }
        step(x, gamma, d, x);
        step(image, gamma, imageOfD, image);
        value = there;
        lastGamma = Double.NaN;
        if (++moves % REFRESH == 0 && composed != null) {
            refresh();
        }
    }

    /** Sets a coordinate to zero that is zero but for rounding. */
    void drop(int i) {
        x[i] = 0;
    }

    private static void step(double[] from, double gamma, double[] d, double[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = Math.fma(-gamma, d[i], from[i]);
        }
    }
}
