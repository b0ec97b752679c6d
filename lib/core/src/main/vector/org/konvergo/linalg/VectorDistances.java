package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.load;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Squared distances of rows: a register holds as many columns of C, each with its 8 lanes. */
final class VectorDistances {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();
    private static final ThreadLocal<VectorDistances> SPACE =
            ThreadLocal.withInitial(VectorDistances::new);

    // V rows of B, coordinate after coordinate; beyond the matrix are zeros, which add nothing.
    private double[] panel = new double[0];
    // The last coordinates of a row of A, filled up with zeros.
    private final double[] rest = new double[8];
    private final double[] out = new double[V];

    private VectorDistances() {}

    static void squared(int m, int n, int d, double[] a, double[] b, double[] c) {
        SPACE.get().run(m, n, d, a, b, c);
    }

    private void run(int m, int n, int d, double[] a, double[] b, double[] c) {
        int whole = d & -8;
        if (panel.length < (whole + 8) * V) {
            panel = new double[(whole + 8) * V];
        }
        Arrays.fill(panel, 0, (whole + 8) * V, 0);
        Arrays.fill(rest, 0);
        for (int j = 0; j < n; j += V) {
            int cols = Math.min(V, n - j);
            for (int e = 0; e < cols; e++) {
                for (int l = 0; l < d; l++) {
                    panel[l * V + e] = b[(j + e) * d + l];
                }
            }
            for (int i = 0; i < m; i++) {
                System.arraycopy(a, i * d + whole, rest, 0, d - whole);
                entries(a, i * d, whole, panel, rest, out);
                System.arraycopy(out, 0, c, i * n + j, cols);
            }
        }
    }

    private static void entries(
            double[] a, int p, int whole, double[] b, double[] rest, double[] out) {
        var s0 = DoubleVector.zero(S);
        var s1 = s0;
        var s2 = s0;
        var s3 = s0;
        var s4 = s0;
        var s5 = s0;
        var s6 = s0;
        var s7 = s0;
        for (int l = 0; l < whole; l += 8) {
            int i = p + l;
            int j = l * V;
            s0 = square(a[i], b, j, s0);
            s1 = square(a[i + 1], b, j + V, s1);
            s2 = square(a[i + 2], b, j + 2 * V, s2);
            s3 = square(a[i + 3], b, j + 3 * V, s3);
            s4 = square(a[i + 4], b, j + 4 * V, s4);
            s5 = square(a[i + 5], b, j + 5 * V, s5);
            s6 = square(a[i + 6], b, j + 6 * V, s6);
            s7 = square(a[i + 7], b, j + 7 * V, s7);
        }
        int j = whole * V;
        s0 = square(rest[0], b, j, s0);
        s1 = square(rest[1], b, j + V, s1);
        s2 = square(rest[2], b, j + 2 * V, s2);
        s3 = square(rest[3], b, j + 3 * V, s3);
        s4 = square(rest[4], b, j + 4 * V, s4);
        s5 = square(rest[5], b, j + 5 * V, s5);
        s6 = square(rest[6], b, j + 6 * V, s6);
        var left = s0.add(s4).add(s2.add(s6));
        left.add(s1.add(s5).add(s3.add(s7))).intoArray(out, 0);
    }

    private static DoubleVector square(double x, double[] b, int j, DoubleVector s) {
        var d = DoubleVector.broadcast(S, x).sub(load(b, j));
        return d.fma(d, s);
    }
}
