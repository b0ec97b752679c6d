package org.konvergo.saddle;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.problem.BilinearSaddleProblem;

/**
 * A prediction-correction form of the primal-dual hybrid gradient method for min over x, max over y
 * of theta1(x) - y'Ax - theta2(y), with weights that follow the displacements made instead of the
 * largest eigenvalue of A'A.
 *
 * <p>A step of Arrow and Hurwicz predicts (x~, y~). With d = (x, y) - (x~, y~) the prediction is
 * accepted if |dx'A'dy| is at most nu (r |dx|^2 + s |dy|^2); else r and s grow and it is made anew
 * from the same point. That always ends, as the test holds for every d once 4 nu^2 r s is at least
 * the largest eigenvalue of A'A. The correction goes along g = (dx + A'dy / r, dy) by alpha = gamma
 * phi / |g|^2, with phi = r |dx|^2 + s |dy|^2 + dx'A'dy and |g|^2 = r |gx|^2 + s |gy|^2. While r
 * and s do not change, each step reduces the squared distance r |x - x*|^2 + s |y - y*|^2 to every
 * saddle point by at least (2 - gamma) / gamma alpha^2 |g|^2.
 *
 * <p>Such corrections are those of He and Yuan (Convergence analysis of primal-dual algorithms for
 * a saddle-point problem: from contraction perspective, SIAM Journal on Imaging Sciences 5, 2012);
 * to start r s at the mean eigenvalue is the idea of Xu and He (Adaptive primal dual hybrid
 * gradient algorithms based on average spectrum for saddle point problems, 2026, arXiv 2603.00644).
 * An iteration costs one product with A and one with A'.
 *
 * @param problem the saddle problem
 * @param primalWeight r at the start, positive; the primal step is 1/r
 * @param dualWeight s at the start, positive; the dual step is 1/s
 * @param nu bound of the acceptance test, in (0, 1)
 * @param gamma relaxation of the correction, in (0, 2)
 * @param growth factor of r s after a failed test, above 1
 * @param x0 primal start, of length n
 * @param y0 dual start, of length m
 */
public record AdaptivePredictionCorrectionPdhg(
        BilinearSaddleProblem problem,
        double primalWeight,
        double dualWeight,
        double nu,
        double gamma,
        double growth,
        double[] x0,
        double[] y0)
        implements Method<AdaptivePredictionCorrectionPdhg.State> {
    /**
     * An iterate.
     *
     * @param x primal point, of length n; the correction may take it out of the domain of theta1
     * @param y dual point, of length m
     * @param transposed A'y, of length n, kept up to date by the corrections
     * @param primalWeight r
     * @param dualWeight s
     * @param predictions how many have been made; more than steps if some were refused
     * @param last what the last step did
     */
    public record State(
            double[] x,
            double[] y,
            double[] transposed,
            double primalWeight,
            double dualWeight,
            long predictions,
            Correction last) {
        /**
         * The product of the weights, the reciprocal of the product of the step sizes.
         *
         * @return r s
         */
        public double product() {
            return primalWeight * dualWeight;
        }
    }

    /**
     * What a step did. Before the first step: the start as its own prediction, and zeros.
     *
     * @param x predicted primal point x~, in the domain of theta1
     * @param y predicted dual point y~, in the domain of theta2
     * @param phi r |dx|^2 + s |dy|^2 + dx'A'dy, at least 0
     * @param alpha length of the correction, 0 at a saddle point
     * @param squaredLength |g|^2
     * @param stretch |A'dy|^2 / |dy|^2: between the extreme eigenvalues of A A'; NaN if dy = 0
     */
    public record Correction(
            double[] x,
            double[] y,
            double phi,
            double alpha,
            double squaredLength,
            double stretch) {}

    /** A prediction: the points, the displacements and the two sides of the test. */
    private record Prediction(
            double[] x,
            double[] y,
            double[] dx,
            double[] dy,
            double[] atdy,
            double squares,
            double cross) {}

    /**
     * Checks the arguments.
     *
     * @param problem as above
     * @param primalWeight as above
     * @param dualWeight as above
     * @param nu as above
     * @param gamma as above
     * @param growth as above
     * @param x0 as above
     * @param y0 as above
     * @throws IllegalArgumentException if a number is out of range or a start does not fit
     */
    public AdaptivePredictionCorrectionPdhg {
        Require.notNull("problem", problem);
        Require.positive("primalWeight", primalWeight);
        Require.positive("dualWeight", dualWeight);
        Require.that(nu > 0 && nu < 1, "nu", "in (0, 1)", nu);
        Require.that(gamma > 0 && gamma < 2, "gamma", "in (0, 2)", gamma);
        Require.that(growth > 1 && Double.isFinite(growth), "growth", "above 1, finite", growth);
        Require.finite("x0", Require.length("x0", x0, problem.primalDimension()));
        Require.finite("y0", Require.length("y0", y0, problem.dualDimension()));
    }

    /**
     * The method with nu = 0.9, gamma = 1.8 and growth 1.5, from zero.
     *
     * @param problem the saddle problem
     * @param product r s at the start, positive, such as half the mean eigenvalue of A A'
     * @param ratio r / s, positive
     * @return the method
     * @throws IllegalArgumentException if a number is not positive
     */
    public static AdaptivePredictionCorrectionPdhg of(
            BilinearSaddleProblem problem, double product, double ratio) {
        Require.notNull("problem", problem);
        Require.positive("product", product);
        Require.positive("ratio", ratio);
        return new AdaptivePredictionCorrectionPdhg(
                problem,
                Math.sqrt(product * ratio),
                Math.sqrt(product / ratio),
                0.9,
                1.8,
                1.5,
                new double[problem.primalDimension()],
                new double[problem.dualDimension()]);
    }

    @Override
    public State start() {
        var aty = new double[x0.length];
        problem.applyTransposed(y0, aty);
        return new State(
                x0.clone(),
                y0.clone(),
                aty,
                primalWeight,
                dualWeight,
                0,
                new Correction(x0.clone(), y0.clone(), 0, 0, 0, Double.NaN));
    }

    @Override
    public State step(State state, OracleCounter calls) {
        double r = state.primalWeight();
        double s = state.dualWeight();
        long predictions = state.predictions() + 1;
        var p = predict(state, r, s, calls);
        // Written so that a NaN ends the loop: the run's measures then tell.
        while (Math.abs(p.cross) > nu * p.squares) {
            r *= Math.sqrt(growth);
            s *= Math.sqrt(growth);
            predictions++;
            p = predict(state, r, s, calls);
        }
        double phi = p.squares + p.cross;
        double[] gx = p.dx;
        Kernels.axpy(1 / r, p.atdy, gx);
        double dy2 = Kernels.dot(p.dy, p.dy);
        double length = r * Kernels.dot(gx, gx) + s * dy2;
        double alpha = length == 0 ? 0 : gamma * phi / length;
        double[] x = state.x();
        double[] transposed = state.transposed();
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.fma(-alpha, gx[i], x[i]);
            transposed[i] = Math.fma(-alpha, p.atdy[i], transposed[i]);
        }
        Kernels.axpy(-alpha, p.dy, state.y());
        double stretch = Kernels.dot(p.atdy, p.atdy) / dy2;
        return new State(
                state.x(),
                state.y(),
                state.transposed(),
                r,
                s,
                predictions,
                new Correction(p.x, p.y, phi, alpha, length, stretch));
    }

    /** The step of Arrow and Hurwicz from (x, y), and how far it goes. */
    private Prediction predict(State state, double r, double s, OracleCounter calls) {
        double[] x = state.x();
        double[] y = state.y();
        // x~ = argmin theta1(x) - x'A'y + (r/2) |x - x_k|^2
        double[] aty = state.transposed();
        double step = 1 / r;
        var px = new double[x.length];
        for (int i = 0; i < px.length; i++) {
            px[i] = Math.fma(step, aty[i], x[i]);
        }
        problem.primal().prox(step, px, px);
        // y~ = argmin theta2(y) + y'A x~ + (s/2) |y - y_k|^2
        var ax = new double[y.length];
        problem.apply(px, ax);
        var py = y.clone();
        Kernels.axpy(-1 / s, ax, py);
        problem.dual().prox(1 / s, py, py);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.PROX, 2);
        var dx = new double[x.length];
        for (int i = 0; i < dx.length; i++) {
            dx[i] = x[i] - px[i];
        }
        var dy = y.clone();
        Kernels.axpy(-1, py, dy);
        var atdy = new double[x.length];
        problem.applyTransposed(dy, atdy);
        double squares = r * Kernels.dot(dx, dx) + s * Kernels.dot(dy, dy);
        return new Prediction(px, py, dx, dy, atdy, squares, Kernels.dot(dx, atdy));
    }
}
