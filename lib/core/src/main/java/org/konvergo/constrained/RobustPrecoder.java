package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.ZMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.ComplexCholesky;
import org.konvergo.linalg.ComplexKernels;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.Updates;

/**
 * A precoder P for a downlink whose channel is known up to an error of known variance, and a
 * receiver scale f &gt; 0 common to all users. With the estimate g_k and the error covariance C_k =
 * diag(c_mk) of user k it minimises, under the power constraint |P|^2 &lt;= power,
 *
 * <p>J(P, f) = sum over k of |1 - g_k'p_k / f|^2 + f^-2 (sum over k of p_k* R_k p_k + K noise),
 *
 * <p>R_k = C_k + eta (sum over j other than k of conj(g_j) g_j' + C_j),
 *
 * <p>which is the mean squared error of the wanted signals plus eta times the power that each beam
 * leaks to the other users, both averaged over the errors. The prime transposes, the star
 * transposes and conjugates.
 *
 * <p>With P = f Q the scale is no variable any more, and the problem is convex and separates:
 *
 * <p>q_k(mu) = (conj(g_k) g_k' + R_k + mu I)^-1 conj(g_k), mu = K noise / power,
 *
 * <p>and P is Q scaled to the power. The matrix is a diagonal plus one of rank K, so the system has
 * K unknowns in truth ({@link Solve#LOW_RANK}); with antennas M it takes O(K^2 M) operations and
 * not O(M^3).
 *
 * <p>Source: Mashdour, Flores and de Lamare, Robust Precoding for Resilient Cell-Free Networks,
 * 2025, for the objective; the closed form is standard for it.
 */
public final class RobustPrecoder {
    /** How the linear systems are solved. */
    public enum Solve {
        /** One Cholesky factor with as many rows as antennas for each user. */
        DENSE,
        /** One with as many rows as users, by the identity of Woodbury. */
        LOW_RANK
    }

    private final ZMatrixRMaj estimate;
    private final int m;
    private final int users;
    private final double noise;
    private final double power;
    private final double eta;
    private final Solve solve;
    private final boolean exact;

    /** conj(g_k), one range of 2 m numbers a user. */
    private final double[] beams;

    /** The beams times the imaginary unit. */
    private final double[] turned;

    /** Diagonal of C_k + eta times that of the others, one range of m numbers a user. */
    private final double[] diagonals;

    /** eta times the sum of conj(g_j) g_j', for dense systems only. */
    private final ZMatrixRMaj gram;

    /**
     * Builds the problem; the arguments are copied.
     *
     * @param estimate known channel, antennas x users, one column a user
     * @param errorVariances variances of the errors of its entries, antennas x users, not negative:
     *     all zero, or no antenna without error for all users
     * @param noise power of the noise at a user, positive
     * @param power bound on the squared Frobenius norm of P, positive
     * @param leakageWeight eta, positive
     * @param solve how to solve
     * @throws IllegalArgumentException if there are more users than antennas, shapes differ, an
     *     entry is not finite, a user's estimate is zero, or a number out of range
     */
    public RobustPrecoder(
            ZMatrixRMaj estimate,
            DMatrixRMaj errorVariances,
            double noise,
            double power,
            double leakageWeight,
            Solve solve) {
        this.estimate = Require.notNull("estimate", estimate).copy();
        m = estimate.numRows;
        users = Require.atLeast("users", estimate.numCols, 1);
        Require.that(users <= m, "users", "at most as many as the " + m + " antennas", users);
        beams = ComplexKernels.columns(estimate, true);
        turned = ComplexKernels.turned(Require.finite("estimate", beams));
        for (int k = 0; k < users; k++) {
            double size = Kernels.dot(beams, 2 * k * m, beams, 2 * k * m, 2 * m);
            Require.positive("squared norm of column " + k + " of estimate", size);
        }
        Require.shape("errorVariances", errorVariances, m, users);
        double[] variances = Arrays.copyOf(errorVariances.data, m * users);
        exact = Kernels.normInf(Require.nonNegative("errorVariances", variances)) == 0;
        this.noise = Require.positive("noise", noise);
        this.power = Require.positive("power", power);
        eta = Require.positive("leakageWeight", leakageWeight);
        this.solve = Require.notNull("solve", solve);
        diagonals = diagonals(variances);
        gram = solve == Solve.DENSE ? gram() : null;
    }

    /**
     * Builds the problem, solved by low rank.
     *
     * @param channel its estimate and its error variances
     * @param noise power of the noise at a user, positive
     * @param power bound on the squared Frobenius norm of P, positive
     * @param leakageWeight eta, positive
     * @return the problem
     * @throws IllegalArgumentException if a number is out of range
     */
    public static RobustPrecoder of(
            CellFreeChannel channel, double noise, double power, double leakageWeight) {
        Require.notNull("channel", channel);
        return new RobustPrecoder(
                channel.estimate(),
                channel.errorVariances(),
                noise,
                power,
                leakageWeight,
                Solve.LOW_RANK);
    }

    private double[] diagonals(double[] variances) {
        var diagonal = new double[users * m];
        for (int i = 0; i < m; i++) {
            double all = 0;
            for (int k = 0; k < users; k++) {
                all += variances[i * users + k];
            }
            Require.that(
                    exact || all > 0,
                    "errorVariances",
                    "all zero, or in no row all zero",
                    "zero in row " + i);
            for (int k = 0; k < users; k++) {
                double others = 0;
                for (int j = 0; j < users; j++) {
                    others += j == k ? 0 : variances[i * users + j];
                }
                diagonal[k * m + i] = variances[i * users + k] + eta * others;
            }
        }
        return diagonal;
    }

    private ZMatrixRMaj gram() {
        // The rows of the adjoint of conj(G) are the columns of G.
        double[] rows = ComplexKernels.columns(estimate, false);
        return ComplexKernels.scaled(
                eta,
                ComplexKernels.product(
                        ComplexKernels.ofColumns(beams, m, users),
                        new ZMatrixRMaj(users, m, true, rows)));
    }

    /**
     * A precoder with a scale.
     *
     * @param precoder P, antennas x users
     * @param scale f
     * @param objective J(P, f)
     */
    public record Solution(ZMatrixRMaj precoder, double scale, double objective) {}

    /**
     * The closed form.
     *
     * @return the minimiser, with |P|^2 = power
     */
    public Solution solution() {
        var q = regularised(bestRegularisation());
        double scale = Math.sqrt(power / q.size);
        double[] p = q.scaledTo(power);
        return new Solution(
                ComplexKernels.ofColumns(p, m, users), scale, terms(p).objective(scale));
    }

    /**
     * The regularisation of the closed form.
     *
     * @return mu = K noise / power
     */
    public double bestRegularisation() {
        return users * noise / power;
    }

    /**
     * The asymptotic rate of {@link AlternatingRobustPrecoder}. Its iterates are Q(mu) scaled to
     * the power, so it is an iteration in the one number mu, and the error of mu is multiplied in
     * the end by
     *
     * <p>1 - S^2 / (T U), T = sum of b_k* A_k^-1 b_k, S = sum of b_k* A_k^-2 b_k, U = sum of b_k*
     * A_k^-3 b_k,
     *
     * <p>with b_k = conj(g_k) and the matrices A_k of the closed form. It is zero if the b_k see a
     * single eigenvalue, and close to 1 if they see many of different size.
     *
     * @return in [0, 1); the square of it is the factor of J - min J
     */
    public double contraction() {
        var q = regularised(bestRegularisation());
        return 1 - q.size * q.size / (q.fit * q.slope);
    }

    /**
     * The objective.
     *
     * @param precoder P, antennas x users
     * @param scale f, positive
     * @return J(P, f), positive
     * @throws IllegalArgumentException if the shape is wrong or the scale not positive
     */
    public double objective(ZMatrixRMaj precoder, double scale) {
        Require.positive("scale", scale);
        return terms(columns(precoder)).objective(scale);
    }

    /**
     * The scale that suits a precoder best.
     *
     * @param precoder P, antennas x users
     * @return the f that minimises J(P, f)
     * @throws IllegalArgumentException if the shape is wrong, or the sum of the g_k'p_k has no
     *     positive real part, so that no scale is better than an infinite one
     */
    public double bestScale(ZMatrixRMaj precoder) {
        return terms(columns(precoder)).bestScale();
    }

    /** The columns of a precoder, checked. */
    double[] columns(ZMatrixRMaj precoder) {
        return ComplexKernels.columns(Require.shape("precoder", precoder, m, users), false);
    }

    ZMatrixRMaj estimate() {
        return estimate;
    }

    double noise() {
        return noise;
    }

    double power() {
        return power;
    }

    /** What J is made of: gains g_k'p_k, and the part that does not depend on them, times f^2. */
    record Terms(double[] gains, double rest) {
        double objective(double scale) {
            double sum = rest / (scale * scale);
            for (int i = 0; i < gains.length; i += 2) {
                double real = 1 - gains[i] / scale;
                double imaginary = gains[i + 1] / scale;
                sum += real * real + imaginary * imaginary;
            }
            return sum;
        }

        double bestScale() {
            double linear = 0;
            for (int i = 0; i < gains.length; i += 2) {
                linear += gains[i];
            }
            Require.positive("real part of the sum of the gains", linear);
            return (Kernels.dot(gains, gains) + rest) / linear;
        }
    }

    /** The terms of a precoder given by its columns. */
    Terms terms(double[] columns) {
        var gains = new double[2 * users];
        double leaked = 0;
        double erred = 0;
        for (int k = 0; k < users; k++) {
            int column = 2 * k * m;
            for (int j = 0; j < users; j++) {
                double real = Kernels.dot(beams, 2 * j * m, columns, column, 2 * m);
                double imaginary = Kernels.dot(turned, 2 * j * m, columns, column, 2 * m);
                if (j == k) {
                    gains[2 * k] = real;
                    gains[2 * k + 1] = imaginary;
                } else {
                    leaked += real * real + imaginary * imaginary;
                }
            }
            for (int i = 0; i < m; i++) {
                double real = columns[column + 2 * i];
                double imaginary = columns[column + 2 * i + 1];
                erred += diagonals[k * m + i] * (real * real + imaginary * imaginary);
            }
        }
        return new Terms(gains, eta * leaked + erred + users * noise);
    }

    /**
     * Q(mu), with what its size depends on.
     *
     * @param columns of Q, one range of 2 m numbers a user
     * @param fit sum of b_k* A_k^-1 b_k
     * @param size sum of b_k* A_k^-2 b_k, which is |Q|^2
     * @param slope sum of b_k* A_k^-3 b_k, which is minus half the derivative of the size
     */
    record Regularised(double[] columns, double fit, double size, double slope) {
        double[] scaledTo(double power) {
            double[] scaled = columns.clone();
            Kernels.scale(Math.sqrt(power / size), scaled);
            return scaled;
        }
    }

    /**
     * Solves for Q(mu).
     *
     * @param mu not negative; where nothing is uncertain, 0 means the limit
     */
    Regularised regularised(double mu) {
        boolean dense = solve == Solve.DENSE && !(exact && mu == 0);
        var columns = new double[2 * users * m];
        double fit = 0;
        double size = 0;
        double slope = 0;
        for (int k = 0; k < users; k++) {
            var q = new double[2 * m];
            slope += dense ? solveDense(k, mu, q) : solveLowRank(k, mu, q);
            fit += Kernels.dot(beams, 2 * k * m, q, 0, 2 * m);
            size += Kernels.dot(q, q);
            System.arraycopy(q, 0, columns, 2 * k * m, 2 * m);
        }
        return new Regularised(columns, fit, size, slope);
    }

    /** Solves A q = b for user k; returns q* A^-1 q. */
    private double solveDense(int k, double mu, double[] q) {
        var a = gram.copy();
        int from = 2 * k * m;
        for (int i = 0; i < m; i++) {
            double real = (1 - eta) * beams[from + 2 * i];
            double imaginary = (1 - eta) * beams[from + 2 * i + 1];
            for (int j = 0; j < m; j++) {
                double x = beams[from + 2 * j];
                double y = beams[from + 2 * j + 1];
                a.data[2 * (i * m + j)] += real * x + imaginary * y;
                a.data[2 * (i * m + j) + 1] += imaginary * x - real * y;
            }
            a.data[2 * i * (m + 1)] += diagonals[k * m + i] + mu;
        }
        var cholesky = ComplexCholesky.of(a);
        double[] solved = cholesky.solve(Arrays.copyOfRange(beams, from, from + 2 * m));
        System.arraycopy(solved, 0, q, 0, 2 * m);
        return Kernels.dot(q, cholesky.solve(q));
    }

    /**
     * The same by A = delta D + B W B*, W = diag(w): q = D^-1 B H^-1 e_k with the K x K matrix H =
     * delta W^-1 + B* D^-1 B.
     */
    private double solveLowRank(int k, double mu, double[] q) {
        // With nothing uncertain D is the identity, and delta may go to zero.
        double delta = exact ? mu : 1;
        var inverse = new double[2 * m];
        for (int i = 0; i < m; i++) {
            inverse[2 * i] = exact ? 1 : 1 / (diagonals[k * m + i] + mu);
            inverse[2 * i + 1] = inverse[2 * i];
        }
        var h = reduced(inverse);
        var unit = new double[2 * users];
        unit[2 * k] = 1;
        for (int j = 0; j < users; j++) {
            h.data[2 * j * (users + 1)] += delta / weight(j, k);
        }
        var cholesky = ComplexCholesky.of(h);
        double[] z = cholesky.solve(unit);
        for (int j = 0; j < users; j++) {
            Kernels.axpy(z[2 * j], beams, 2 * j * m, q, 0, 2 * m);
            Kernels.axpy(z[2 * j + 1], turned, 2 * j * m, q, 0, 2 * m);
        }
        Updates.multiply(q, inverse, q);
        return slope(k, delta, cholesky, z, q, inverse);
    }

    /** q* A^-1 q; where D is the identity in a form that does not cancel for a small delta. */
    private double slope(
            int k, double delta, ComplexCholesky h, double[] z, double[] q, double[] inverse) {
        var r = new double[2 * users];
        if (exact) {
            for (int i = 0; i < r.length; i++) {
                r[i] = z[i] / weight(i / 2, k);
            }
            return Kernels.dot(z, r) - delta * Kernels.dot(r, h.solve(r));
        }
        var weighted = new double[2 * m];
        Updates.multiply(q, inverse, weighted);
        for (int j = 0; j < users; j++) {
            r[2 * j] = Kernels.dot(beams, 2 * j * m, weighted, 0, 2 * m);
            r[2 * j + 1] = Kernels.dot(turned, 2 * j * m, weighted, 0, 2 * m);
        }
        return Kernels.dot(q, weighted) - Kernels.dot(r, h.solve(r));
    }

    /** B* D^-1 B. */
    private ZMatrixRMaj reduced(double[] inverse) {
        var h = new ZMatrixRMaj(users, users);
        var scaled = new double[2 * m];
        for (int j = 0; j < users; j++) {
            for (int i = 0; i < 2 * m; i++) {
                scaled[i] = inverse[i] * beams[2 * j * m + i];
            }
            for (int i = 0; i <= j; i++) {
                double real = Kernels.dot(beams, 2 * i * m, scaled, 0, 2 * m);
                double imaginary = i == j ? 0 : Kernels.dot(turned, 2 * i * m, scaled, 0, 2 * m);
                h.set(i, j, real, imaginary);
                h.set(j, i, real, -imaginary);
            }
        }
        return h;
    }

    private double weight(int j, int k) {
        return j == k ? 1 : eta;
    }
}
