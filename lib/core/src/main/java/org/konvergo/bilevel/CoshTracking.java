package org.konvergo.bilevel;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.linalg.SymmetricEigendecomposition;
import org.konvergo.linalg.Updates;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.TwiceSmooth;

/**
 * A bilevel problem whose upper level has no Lipschitz gradient and whose every quantity is known:
 *
 * <p>g(x, y) = (y - A x)' H (y - A x) / 2, f(x, y) = sum of cosh(y_i - t_i) - 1,
 *
 * <p>with H diagonal and positive. The lower solution is A x, the hyper-objective Phi(x) = sum of
 * cosh((A x - t)_i) - 1, with gradient A' sinh(A x - t) and Hessian A' diag(cosh(A x - t)) A: the
 * curvature grows in proportion to the gradient, exponentially in the distance.
 *
 * <p>Where |y_i - t_i| passes 700, cosh and sinh are those of 700, so that a run that diverges
 * meets large numbers and no NaN.
 */
public final class CoshTracking {
    private static final double LARGEST = 700;

    private final DMatrixRMaj a;
    private final double[] h;
    private final double[] t;
    private final int n;

    /**
     * A problem. The arrays are not copied; do not change them.
     *
     * @param a A, n x n
     * @param h diagonal of H, of length n, positive; its least entry is the strong convexity of g
     * @param t target, of length n
     * @throws IllegalArgumentException if shapes do not fit, an entry is not finite or one of h is
     *     not positive
     */
    public CoshTracking(DMatrixRMaj a, double[] h, double[] t) {
        this.a = Require.square("a", a);
        n = a.numRows;
        Require.finite("a", a.data);
        this.h = Require.positive("h", Require.length("h", h, n));
        this.t = Require.finite("t", Require.length("t", t, n));
    }

    /**
     * The problem.
     *
     * @return with f the upper and g the lower objective
     */
    public BilevelProblem problem() {
        return BilevelProblem.of(new Upper(), new Lower());
    }

    /**
     * The hyper-objective Phi, in closed form.
     *
     * @return with gradient and Hessian products
     */
    public TwiceSmooth hyperObjective() {
        return new Phi();
    }

    /**
     * The lower solution.
     *
     * @param x of length n
     * @return A x
     * @throws IllegalArgumentException if the length differs
     */
    public double[] lowerSolution(double[] x) {
        var y = new double[n];
        Kernels.gemv(a, Require.length("x", x, n), y);
        return y;
    }

    /**
     * The point at which every entry of A x - t is r; the minimum of Phi for r = 0.
     *
     * @param r any finite number
     * @return x, with Phi(x) = n (cosh r - 1)
     * @throws IllegalArgumentException if r is not finite or A is singular
     */
    public double[] pointAt(double r) {
        Require.finite("r", r);
        double[] y = t.clone();
        for (int i = 0; i < n; i++) {
            y[i] += r;
        }
        var x = LinearSolver.lu().solve(a, y);
        Require.that(x.isPresent(), "a", "invertible", "singular");
        return x.orElseThrow();
    }

    /**
     * Largest curvature of Phi.
     *
     * @param x of length n
     * @return the largest eigenvalue of its Hessian at x
     * @throws IllegalArgumentException if the length differs
     */
    public double curvature(double[] x) {
        double[] roots = deviation(lowerSolution(x));
        for (int i = 0; i < n; i++) {
            roots[i] = Math.sqrt(1 + coshLessOne(roots[i]));
        }
        var scaled = a.copy();
        Kernels.scaleRows(roots, scaled);
        var hessian = new DMatrixRMaj(n, n);
        Kernels.syrkTransA(scaled, hessian);
        return SymmetricEigendecomposition.of(hessian).largest();
    }

    /** The entries of y - t, no larger than cosh can bear. */
    private double[] deviation(double[] y) {
        var u = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = Math.max(-LARGEST, Math.min(LARGEST, y[i] - t[i]));
        }
        return u;
    }

    /** cosh u - 1 = (e^u - 1)^2 / (2 e^u), without cancellation for small u. */
    private static double coshLessOne(double u) {
        double e = Elementary.expm1(Math.abs(u));
        return e * (e / (e + 1)) / 2;
    }

    /** sinh of the deviations, by e^u - 1. */
    private void sinh(double[] y, double[] out) {
        double[] u = deviation(y);
        for (int i = 0; i < n; i++) {
            out[i] = Math.abs(u[i]);
        }
        Kernels.expm1(out, out);
        for (int i = 0; i < n; i++) {
            out[i] = Math.copySign((out[i] + out[i] / (out[i] + 1)) / 2, u[i]);
        }
    }

    private double cost(double[] y) {
        double[] u = deviation(y);
        double sum = 0;
        for (double v : u) {
            sum += coshLessOne(v);
        }
        return sum;
    }

    /** diag(cosh) v. */
    private void stretch(double[] y, double[] v, double[] product) {
        double[] u = deviation(y);
        for (int i = 0; i < n; i++) {
            product[i] = (1 + coshLessOne(u[i])) * v[i];
        }
    }

    private final class Phi implements TwiceSmooth {
        @Override
        public int dimension() {
            return n;
        }

        @Override
        public double value(double[] x) {
            return cost(lowerSolution(x));
        }

        @Override
        public void gradient(double[] x, double[] gradient) {
            double[] y = lowerSolution(x);
            sinh(y, y);
            Kernels.gemvTransposed(a, y, gradient);
        }

        @Override
        public void hessianVector(double[] x, double[] v, double[] product) {
            double[] along = lowerSolution(v);
            stretch(lowerSolution(x), along, along);
            Kernels.gemvTransposed(a, along, product);
        }
    }

    private final class Upper implements BilevelObjective {
        @Override
        public int dimensionX() {
            return n;
        }

        @Override
        public int dimensionY() {
            return n;
        }

        @Override
        public double value(double[] x, double[] y) {
            return cost(y);
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            Arrays.fill(gradient, 0);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            sinh(y, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            stretch(y, v, product);
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            Arrays.fill(product, 0);
        }
    }

    private final class Lower implements BilevelObjective {
        @Override
        public int dimensionX() {
            return n;
        }

        @Override
        public int dimensionY() {
            return n;
        }

        /** H (y - A x). */
        private void pull(double[] x, double[] y, double[] out) {
            Kernels.gemv(a, x, out);
            Kernels.axpby(1, y, -1, out);
            Updates.multiply(h, out, out);
        }

        /** -A' H v. */
        private void back(double[] weighted, double[] out) {
            Kernels.gemvTransposed(a, weighted, out);
            Kernels.scale(-1, out);
        }

        @Override
        public double value(double[] x, double[] y) {
            double[] distance = lowerSolution(x);
            Kernels.axpby(1, y, -1, distance);
            var weighted = new double[n];
            Updates.multiply(h, distance, weighted);
            return Kernels.dot(distance, weighted) / 2;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            var pulled = new double[n];
            pull(x, y, pulled);
            back(pulled, gradient);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            pull(x, y, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            Updates.multiply(h, v, product);
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            var weighted = new double[n];
            Updates.multiply(h, v, weighted);
            back(weighted, product);
        }
    }
}
