package org.konvergo.games;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.PerronVector;
import org.konvergo.linalg.SymmetricEigendecomposition;

/**
 * The small-gain certificate of a game with N players whose costs f_i are bounded on a region: own
 * curvature (the Hessian of f_i in x_i) at least mu_i, couplings (the mixed derivatives of f_i in
 * x_i and x_j) at most L_ij in the spectral norm. In the norm |x|_w^2 = sum of w_i |x_i|^2 the
 * joint gradient F then has the margin {@link #margin}, which may be positive where the Euclidean
 * one is not, and gradient play contracts (Sharma, Small-Gain Nash: Certified Contraction to Nash
 * Equilibria in Differentiable Games, 2025).
 *
 * @param curvatures mu_i, positive, one a player
 * @param couplings L_ij, not negative, a square array; the diagonal is not used
 */
public record SmallGainCertificate(double[] curvatures, double[][] couplings) {
    /** The guideline for steps of the Runge-Kutta method of order 4, in units of 1 / beta. */
    public static final double RUNGE_KUTTA_4 = 2.5;

    /**
     * An interval of weight ratios.
     *
     * @param low lower end
     * @param high upper end, possibly infinite
     */
    public record Band(double low, double high) {
        /**
         * Whether a ratio lies in the band.
         *
         * @param ratio any number
         * @return true from low to high
         */
        public boolean contains(double ratio) {
            return ratio >= low && ratio <= high;
        }
    }

    /**
     * Checks the arguments.
     *
     * @param curvatures as above
     * @param couplings as above
     * @throws IllegalArgumentException if there is no player, the array is not square, a curvature
     *     is not positive or a coupling negative
     */
    public SmallGainCertificate {
        int n = Require.positive("curvatures", curvatures).length;
        Require.atLeast("number of players", n, 1);
        Require.notNull("couplings", couplings);
        Require.that(
                couplings.length == n,
                "couplings",
                "of length " + n,
                "of length " + couplings.length);
        curvatures = curvatures.clone();
        var copies = new double[n][];
        for (int i = 0; i < n; i++) {
            String name = "couplings[" + i + "]";
            copies[i] = Require.length(name, couplings[i], n).clone();
            Require.nonNegative(name, copies[i]);
            copies[i][i] = 0;
        }
        couplings = copies;
    }

    /**
     * The certificate of a quadratic game, whose bounds hold everywhere.
     *
     * @param game with positive definite own curvatures
     * @return its certificate
     * @throws IllegalArgumentException if a curvature is not positive
     */
    public static SmallGainCertificate of(QuadraticGame game) {
        return new SmallGainCertificate(game.curvatures(), game.couplings());
    }

    /**
     * The matrix of the certificate: 2 w_i mu_i on the diagonal, -(w_i L_ij + w_j L_ji) beside it.
     * Positive definite exactly if the margin is positive.
     *
     * @param weights w, positive, one a player
     * @return C(w), symmetric, N x N
     * @throws IllegalArgumentException if the weights do not fit or are not positive
     */
    public DMatrixRMaj matrix(double... weights) {
        int n = curvatures.length;
        Require.positive("weights", Require.length("weights", weights, n));
        var c = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            c.set(i, i, 2 * weights[i] * curvatures[i]);
            for (int j = 0; j < i; j++) {
                double both = weights[i] * couplings[i][j] + weights[j] * couplings[j][i];
                c.set(i, j, -both);
                c.set(j, i, -both);
            }
        }
        return c;
    }

    /**
     * The certified margin alpha_*(w): half the smallest eigenvalue of W^(-1/2) C(w) W^(-1/2). The
     * game is certified if it is positive; then (F(x) - F(y), x - y)_w is at least alpha_* |x -
     * y|_w^2, and along x' = -F(x) distances to the equilibrium fall at least like exp(-alpha_* t).
     *
     * @param weights w, positive, one a player; a common factor changes nothing
     * @return alpha_*, at most the smallest curvature
     * @throws IllegalArgumentException if the weights do not fit or are not positive
     */
    public double margin(double... weights) {
        int n = curvatures.length;
        DMatrixRMaj c = matrix(weights);
        for (int i = 0; i < n; i++) {
            c.set(i, i, 2 * curvatures[i]);
            for (int j = 0; j < i; j++) {
                double scaled = c.get(i, j) / Math.sqrt(weights[i]) / Math.sqrt(weights[j]);
                c.set(i, j, scaled);
                c.set(j, i, scaled);
            }
        }
        return SymmetricEigendecomposition.of(c).smallest() / 2;
    }

    /**
     * The weights of the largest margin. With v and u the right and left Perron vectors of the
     * matrix B with the couplings beside its diagonal and -mu_i on it, w_i = u_i / v_i: scaled by
     * their roots, B has one vector as both, so that the smallest eigenvalue of the symmetric part
     * of -B is its own. For two players w_2 / w_1 = L_12 / L_21.
     *
     * <p>Where a player influences another that does not influence it, not even through others, the
     * largest margin is approached by ever more unequal weights; those returned come near it.
     *
     * @return positive, the first 1
     */
    public double[] bestWeights() {
        int n = curvatures.length;
        var right = new DMatrixRMaj(n, n);
        var left = new DMatrixRMaj(n, n);
        double shift = 0;
        for (double mu : curvatures) {
            shift = Math.max(shift, mu);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = i == j ? shift - curvatures[i] : couplings[i][j];
                right.set(i, j, entry);
                left.set(j, i, entry);
            }
        }
        double[] v = PerronVector.of(right).vector();
        double[] u = PerronVector.of(left).vector();
        var w = new double[n];
        Arrays.setAll(w, i -> u[i] / v[i] * (v[0] / u[0]));
        return w;
    }

    /**
     * The largest margin over all weights.
     *
     * @return {@link #margin} at {@link #bestWeights}
     */
    public double bestMargin() {
        return margin(bestWeights());
    }

    /**
     * The loop gain: the spectral radius of the matrix with the entries L_ij / mu_i. Some weights
     * certify the game exactly if it is below 1. For two players it is the geometric mean of the
     * two entries.
     *
     * @return at least 0
     */
    public double gain() {
        int n = curvatures.length;
        var gamma = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                gamma.set(i, j, couplings[i][j] / curvatures[i]);
            }
        }
        return PerronVector.of(gamma).radius();
    }

    /**
     * The band of weight ratios of a game with two players: the margin is at least alpha exactly if
     * w_2 / w_1 lies in it.
     *
     * @param alpha the margin wanted, finite
     * @return the band, or nothing if no ratio has that margin; with L_21 = 0 its upper end is
     *     infinite
     * @throws IllegalArgumentException if there are not two players or alpha is not finite
     */
    public Optional<Band> band(double alpha) {
        Require.that(curvatures.length == 2, "number of players", "2", curvatures.length);
        Require.finite("alpha", alpha);
        double first = curvatures[0] - alpha;
        double second = curvatures[1] - alpha;
        double p = first * second;
        double l12 = couplings[0][1];
        double l21 = couplings[1][0];
        double q = l12 * l21;
        // Both factors must be positive; a margin is attained inside only if p exceeds q.
        if (first < 0 || second < 0 || p < q || (p == 0 && (l12 > 0 || l21 > 0))) {
            return Optional.empty();
        }
        if (l12 == 0 && l21 == 0) {
            return Optional.of(new Band(0, Double.POSITIVE_INFINITY));
        }
        // Roots of L21^2 r^2 - (4p - 2q) r + L12^2, the smaller by their product.
        double larger = 2 * p - q + 2 * Math.sqrt(p * (p - q));
        return Optional.of(
                new Band(
                        l12 * l12 / larger,
                        l21 == 0 ? Double.POSITIVE_INFINITY : larger / (l21 * l21)));
    }

    /**
     * The largest safe step of Euler's method x - h F(x), in theory: distances contract for all
     * steps below 2 alpha / beta^2.
     *
     * @param margin alpha, positive
     * @param lipschitz beta, of F in the same norm, positive
     * @return the bound
     * @throws IllegalArgumentException if an argument is not positive
     */
    public static double eulerStep(double margin, double lipschitz) {
        Require.positive("margin", margin);
        Require.positive("lipschitz", lipschitz);
        return 2 * margin / (lipschitz * lipschitz);
    }

    /**
     * The factor by which a step of Euler's method multiplies distances, at most.
     *
     * @param step h, positive
     * @param margin alpha, finite
     * @param lipschitz beta, positive
     * @return the root of 1 - 2 h alpha + h^2 beta^2
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double eulerFactor(double step, double margin, double lipschitz) {
        Require.positive("step", step);
        Require.finite("margin", margin);
        Require.positive("lipschitz", lipschitz);
        double square = 1 - 2 * step * margin + step * step * lipschitz * lipschitz;
        return Math.sqrt(Math.max(0, square));
    }

    /**
     * The guideline for steps of the Runge-Kutta method of order 4, {@value #RUNGE_KUTTA_4} / beta.
     * It is no theorem: where the Jacobian is not normal, the norm may grow for a step.
     *
     * @param lipschitz beta, positive
     * @return the step
     * @throws IllegalArgumentException if beta is not positive
     */
    public static double rungeKuttaStep(double lipschitz) {
        return RUNGE_KUTTA_4 / Require.positive("lipschitz", lipschitz);
    }
}
