package org.konvergo.constrained;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/**
 * Products with the matrices of the convex programs, by their structure: F = [D_1 X .. D_P X, -D_1
 * X .. -D_P X] and G, block diagonal with the blocks (2 D_i - I) X, twice. Arrays of 2 P d numbers
 * are 2 P rows of d.
 *
 * <p>With few inputs the products of matrices would spend their time on preparation. There the
 * loops run along the samples or the patterns, with the bits that the products have: every entry
 * adds its terms in the same order.
 */
final class Gates {
    /** Up to so many inputs the loops are written out. */
    private static final int NARROW = 4;

    /** Rows that are added up beside each other, since each sum has to wait for itself. */
    private static final int ROWS = 8;

    private final DMatrixRMaj x;

    /** X and the indicators turned, d x n and n x P; null with many inputs. */
    private final double[] turned;

    private final double[] turnedActive;

    /**
     * Working space for a product, of the thread that asks: fresh arrays would come at the speed of
     * memory. One for all programs, since a thread finds its few locals faster than many.
     */
    private static final ThreadLocal<double[]> SPACE = ThreadLocal.withInitial(() -> new double[0]);

    private final DMatrixRMaj active;

    /** P x n, 1 where active, else -1. A product is faster than a branch on random bits. */
    private final double[] signs;

    private final int n;
    private final int d;
    private final int p;

    Gates(DMatrixRMaj x, ActivationPatterns patterns) {
        this.x = x;
        active = patterns.indicators();
        signs = new double[active.data.length];
        Arrays.setAll(signs, i -> 2 * active.data[i] - 1);
        n = x.numRows;
        d = x.numCols;
        p = patterns.size();
        turned = d <= NARROW ? turn(x.data, n, d) : null;
        turnedActive = d <= NARROW ? turn(active.data, p, n) : null;
    }

    /** At least 2 P rows of n, with anything in them. */
    private double[] space() {
        double[] space = SPACE.get();
        if (space.length < 2 * p * n) {
            space = new double[2 * p * n];
            SPACE.set(space);
        }
        return space;
    }

    private static double[] turn(double[] a, int rows, int cols) {
        var turned = new double[rows * cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                turned[j * rows + i] = a[i * cols + j];
            }
        }
        return turned;
    }

    /** b += factor * a, entry by entry, over ranges. */
    private static void add(double factor, double[] a, int from, double[] b, int to, int length) {
        for (int k = 0; k < length; k++) {
            b[to + k] = Math.fma(factor, a[from + k], b[to + k]);
        }
    }

    /** X times rows of d, into rows of n from an index on. */
    private void narrowScores(double[] u, int rows, double[] scores, int from) {
        for (int i = 0; i < rows; i++) {
            int to = from + i * n;
            if (d == 2) {
                pairs(u[2 * i], u[2 * i + 1], scores, to);
            } else if (d == 3) {
                triples(u[3 * i], u[3 * i + 1], u[3 * i + 2], scores, to);
            } else {
                Arrays.fill(scores, to, to + n, 0);
                for (int c = 0; c < d; c++) {
                    add(u[i * d + c], turned, c * n, scores, to, n);
                }
            }
        }
    }

    private void pairs(double u0, double u1, double[] scores, int from) {
        for (int k = 0; k < n; k++) {
            double first = Math.fma(u0, turned[k], 0.0);
            scores[from + k] = Math.fma(u1, turned[n + k], first);
        }
    }

    private void triples(double u0, double u1, double u2, double[] scores, int from) {
        for (int k = 0; k < n; k++) {
            double first = Math.fma(u0, turned[k], 0.0);
            double second = Math.fma(u1, turned[n + k], first);
            scores[from + k] = Math.fma(u2, turned[2 * n + k], second);
        }
    }

    /** Rows of n times X, into rows of d that are overwritten. */
    private void narrowProduct(double[] s, int rows, double[] product) {
        var sums = new double[ROWS];
        for (int i = 0; i < rows; i += ROWS) {
            int count = Math.min(ROWS, rows - i);
            for (int c = 0; c < d; c++) {
                if (count == ROWS) {
                    eightSums(s, i * n, c * n, sums);
                } else {
                    for (int r = 0; r < count; r++) {
                        sums[r] = 0;
                        for (int k = 0; k < n; k++) {
                            sums[r] = Math.fma(s[(i + r) * n + k], turned[c * n + k], sums[r]);
                        }
                    }
                }
                for (int r = 0; r < count; r++) {
                    product[(i + r) * d + c] = sums[r];
                }
            }
        }
    }

    private void eightSums(double[] s, int from, int column, double[] sums) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int k = 0; k < n; k++) {
            double entry = turned[column + k];
            int at = from + k;
            s0 = Math.fma(s[at], entry, s0);
            s1 = Math.fma(s[at + n], entry, s1);
            s2 = Math.fma(s[at + 2 * n], entry, s2);
            s3 = Math.fma(s[at + 3 * n], entry, s3);
            s4 = Math.fma(s[at + 4 * n], entry, s4);
            s5 = Math.fma(s[at + 5 * n], entry, s5);
            s6 = Math.fma(s[at + 6 * n], entry, s6);
            s7 = Math.fma(s[at + 7 * n], entry, s7);
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }

    /** Sums over the samples of active times rows of d, P x d: sum over k of D_i(k) back_k. */
    DMatrixRMaj activeSums(DMatrixRMaj back) {
        var sums = new DMatrixRMaj(p, d);
        if (turned == null) {
            Kernels.gemm(active, back, sums);
            return sums;
        }
        var columns = new double[d * p];
        for (int k = 0; k < n; k++) {
            for (int c = 0; c < d; c++) {
                add(back.data[k * d + c], turnedActive, k * p, columns, c * p, p);
            }
        }
        sums.data = turn(columns, d, p);
        return sums;
    }

    /** What each sample passes: c_k = sum over i of D_i(k) (v_i - w_i), n x d. */
    DMatrixRMaj passed(double[] u) {
        var passed = new DMatrixRMaj(n, d);
        DMatrixRMaj net = net(u);
        if (turned == null) {
            Kernels.gemmTransA(active, net, passed);
            return passed;
        }
        var columns = new double[d * n];
        for (int i = 0; i < p; i++) {
            for (int c = 0; c < d; c++) {
                add(net.data[i * d + c], active.data, i * n, columns, c * n, n);
            }
        }
        passed.data = turn(columns, d, n);
        return passed;
    }

    /** P x n, 0 or 1. */
    DMatrixRMaj active() {
        return active;
    }

    /** Rows of d times a matrix of d x d. */
    static void timesSquare(double[] u, DMatrixRMaj square, double[] result) {
        int d = square.numCols;
        int rows = u.length / d;
        if (d > NARROW) {
            Kernels.gemm(DMatrixRMaj.wrap(rows, d, u), square, DMatrixRMaj.wrap(rows, d, result));
            return;
        }
        if (d == 3) {
            timesThree(u, square.data, result);
            return;
        }
        for (int i = 0; i < u.length; i += d) {
            for (int c = 0; c < d; c++) {
                double sum = 0;
                for (int l = 0; l < d; l++) {
                    sum = Math.fma(u[i + l], square.data[l * d + c], sum);
                }
                result[i + c] = sum;
            }
        }
    }

    private static void timesThree(double[] u, double[] a, double[] result) {
        for (int i = 0; i < u.length; i += 3) {
            for (int c = 0; c < 3; c++) {
                double first = Math.fma(u[i], a[c], 0.0);
                double second = Math.fma(u[i + 1], a[3 + c], first);
                result[i + c] = Math.fma(u[i + 2], a[6 + c], second);
            }
        }
    }

    /** V - W, P x d. */
    DMatrixRMaj net(double[] u) {
        var net = new DMatrixRMaj(p, d);
        for (int k = 0; k < p * d; k++) {
            net.data[k] = u[k] - u[p * d + k];
        }
        return net;
    }

    /** F u. */
    double[] predict(double[] u) {
        double[] scores = space();
        if (turned == null) {
            Kernels.gemmTransB(net(u), x, DMatrixRMaj.wrap(p, n, scores));
        } else {
            narrowScores(net(u).data, p, scores, 0);
        }
        var sum = new double[n];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < n; k++) {
                sum[k] = Math.fma(active.data[i * n + k], scores[i * n + k], sum[k]);
            }
        }
        return sum;
    }

    /** The first half of factor * F'r, P x d; the second is its negative. */
    DMatrixRMaj predictTransposed(double factor, double[] r) {
        double[] masked = space();
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < n; k++) {
                masked[i * n + k] = factor * active.data[i * n + k] * r[k];
            }
        }
        var half = new DMatrixRMaj(p, d);
        if (turned == null) {
            Kernels.gemm(DMatrixRMaj.wrap(p, n, masked), x, half);
        } else {
            narrowProduct(masked, p, half.data);
        }
        return half;
    }

    /** G u, 2 P rows of n. */
    double[] scores(double[] u) {
        var scores = new double[2 * p * n];
        scores(u, scores, 0);
        return scores;
    }

    /** G u into a range. */
    void scores(double[] u, double[] scores, int from) {
        if (turned == null) {
            double[] products = space();
            Kernels.gemmTransB(
                    DMatrixRMaj.wrap(2 * p, d, u), x, DMatrixRMaj.wrap(2 * p, n, products));
            sign(products, 0, scores, from);
        } else {
            narrowScores(u, 2 * p, scores, from);
            sign(scores, from, scores, from);
        }
    }

    /** u += G's, for s of 2 P rows of n, a range. */
    void addScoresTransposed(double[] s, int from, double[] u) {
        double[] signed = space();
        sign(s, from, signed, 0);
        var product = new DMatrixRMaj(2 * p, d);
        if (turned == null) {
            Kernels.gemm(DMatrixRMaj.wrap(2 * p, n, signed), x, product);
        } else {
            narrowProduct(signed, 2 * p, product.data);
        }
        Kernels.axpy(1, product.data, u);
    }

    /** Signs ranges of 2 P rows of n. */
    private void sign(double[] scores, int from, double[] signed, int to) {
        for (int half = 0; half < 2 * p * n; half += p * n) {
            for (int i = 0; i < p * n; i++) {
                signed[to + half + i] = scores[from + half + i] * signs[i];
            }
        }
    }

    /** X'X, d x d. */
    DMatrixRMaj gram() {
        var gram = new DMatrixRMaj(d, d);
        Kernels.syrkTransA(x, gram);
        return gram;
    }

    /** The inverse of a positive definite matrix, or the complaint about an argument. */
    static DMatrixRMaj inverse(DMatrixRMaj a, String name, String should, Object found) {
        var cholesky = LinearSolverFactory_DDRM.chol(a.numRows);
        // A copy, since the factors take the place of the matrix.
        Require.that(cholesky.setA(a.copy()), name, should, found);
        var inverse = new DMatrixRMaj(a.numRows, a.numRows);
        cholesky.invert(inverse);
        return inverse;
    }
}
