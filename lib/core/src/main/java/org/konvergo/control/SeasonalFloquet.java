package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.MatrixExponential;
import org.konvergo.linalg.PerronRoot;
import org.konvergo.linalg.SpectralRadius;

/**
 * A linear population over a year of two seasons: x' = M_F x in the favourable one, of length (1 -
 * theta) T, then x' = M_U x in the unfavourable one, of length theta T. A year multiplies the
 * population by Q = exp(theta T M_U) exp((1 - theta) T M_F); whether it grows is decided by the
 * spectral radius of Q.
 *
 * <p>Radii of long years overflow, so their logarithms are computed: each exponential is scaled to
 * the spectral radius 1.
 */
public final class SeasonalFloquet {
    private final DMatrixRMaj favourable;
    private final DMatrixRMaj unfavourable;
    private final double year;
    private final double growth;
    private final double decline;

    /**
     * A year of two seasons.
     *
     * @param favourable M_F, n x n, non-negative off the diagonal; copied
     * @param unfavourable M_U, likewise
     * @param year T, positive
     * @throws IllegalArgumentException if a matrix is empty, not square, not finite or negative off
     *     its diagonal, the shapes differ or the year is not positive
     */
    public SeasonalFloquet(DMatrixRMaj favourable, DMatrixRMaj unfavourable, double year) {
        int n = requireMetzler("favourable", favourable).numRows;
        Require.shape("unfavourable", unfavourable, n, n);
        requireMetzler("unfavourable", unfavourable);
        this.year = Require.positive("year", year);
        this.favourable = favourable.copy();
        this.unfavourable = unfavourable.copy();
        growth = abscissa(favourable);
        decline = abscissa(unfavourable);
    }

    /** Requires a finite square matrix that is non-negative off its diagonal. */
    static DMatrixRMaj requireMetzler(String name, DMatrixRMaj m) {
        int n = Require.atLeast("rows of " + name, Require.square(name, m).numRows, 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = m.get(i, j);
                if (!Double.isFinite(entry) || (i != j && entry < 0)) {
                    String expected = i == j ? "finite" : "non-negative and finite";
                    Require.that(false, name + "[" + i + "," + j + "]", expected, entry);
                }
            }
        }
        return m;
    }

    /** The largest real part of an eigenvalue, which is an eigenvalue of such a matrix. */
    private static double abscissa(DMatrixRMaj m) {
        double[] real = EigenvaluesNonsymmetric.of(m).real();
        return real[real.length - 1];
    }

    /**
     * Length of the year.
     *
     * @return T
     */
    public double year() {
        return year;
    }

    /**
     * Growth rate in the favourable season.
     *
     * @return the largest eigenvalue of M_F
     */
    public double growth() {
        return growth;
    }

    /**
     * Growth rate in the unfavourable season.
     *
     * @return the largest eigenvalue of M_U
     */
    public double decline() {
        return decline;
    }

    /**
     * What a year multiplies the population by.
     *
     * @param theta share of the unfavourable season, in [0, 1]
     * @return Q, a new n x n matrix
     * @throws IllegalArgumentException if theta lies outside or an entry overflows
     */
    public DMatrixRMaj matrix(double theta) {
        var q = scaled(theta);
        Kernels.scale(Elementary.exp(logScale(theta)), q.data);
        Require.finite("matrix of a year of length " + year, q.data);
        return q;
    }

    /**
     * Logarithm of the spectral radius of Q: how much a year multiplies a small population by.
     *
     * @param theta share of the unfavourable season, in [0, 1]
     * @return log rho(theta)
     * @throws IllegalArgumentException if theta lies outside
     */
    public double logRadius(double theta) {
        return logScale(theta) + Elementary.log(SpectralRadius.of(scaled(theta)));
    }

    /**
     * The derivative of {@link #logRadius} in theta by Perron's formula: T w' exp(theta T M_U) (M_U
     * - M_F) exp((1 - theta) T M_F) v / (rho w' v), with the Perron vectors v and w of Q.
     *
     * @param theta share of the unfavourable season, in [0, 1]
     * @return (log rho)'(theta)
     * @throws IllegalArgumentException if theta lies outside
     */
    public double logRadiusSlope(double theta) {
        var root = PerronRoot.of(scaled(theta));
        var difference = unfavourable.copy();
        Kernels.axpy(-1, favourable.data, difference.data);
        var change =
                product(
                        product(season(unfavourable, decline, theta), difference),
                        season(favourable, growth, 1 - theta));
        return year * root.slope(change) / root.radius();
    }

    /**
     * Whether each stage feeds each other one at some time of the year. Then every non-zero
     * population meets the same fate; else it may depend on the stages it begins with.
     *
     * @return whether Q is irreducible for theta in (0, 1)
     */
    public boolean irreducible() {
        int n = favourable.numRows;
        for (int from = 0; from < n; from++) {
            var reached = new boolean[n];
            reach(from, reached);
            for (boolean one : reached) {
                if (!one) {
                    return false;
                }
            }
        }
        return true;
    }

    private void reach(int from, boolean[] reached) {
        reached[from] = true;
        for (int to = 0; to < reached.length; to++) {
            if (!reached[to] && favourable.get(to, from) + unfavourable.get(to, from) > 0) {
                reach(to, reached);
            }
        }
    }

    /**
     * The growth rate if the seasons alternated infinitely fast.
     *
     * @param theta share of the unfavourable season, in [0, 1]
     * @return the largest eigenvalue of (1 - theta) M_F + theta M_U
     * @throws IllegalArgumentException if theta lies outside
     */
    public double averagedGrowth(double theta) {
        Require.within("theta", theta, 0, 1);
        var mean = favourable.copy();
        Kernels.axpby(theta, unfavourable.data, 1 - theta, mean.data);
        return abscissa(mean);
    }

    /** Q divided by exp(logScale). */
    private DMatrixRMaj scaled(double theta) {
        Require.within("theta", theta, 0, 1);
        var q =
                product(
                        season(unfavourable, decline, theta),
                        season(favourable, growth, 1 - theta));
        for (int p = 0; p < q.data.length; p++) {
            q.data[p] = Math.max(0, q.data[p]); // rounding may leave tiny negative entries
        }
        return q;
    }

    private double logScale(double theta) {
        return year * (theta * decline + (1 - theta) * growth);
    }

    /** The exponential of share T (M - rate I), of spectral radius 1. */
    private DMatrixRMaj season(DMatrixRMaj m, double rate, double share) {
        var exponent = m.copy();
        for (int i = 0; i < m.numRows; i++) {
            exponent.add(i, i, -rate);
        }
        Kernels.scale(share * year, exponent.data);
        return MatrixExponential.of(exponent);
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        Kernels.gemm(a, b, c);
        return c;
    }
}
