package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.load;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * In vector registers: four rows at a time are read from memory for A v, and from the nearest cache
 * for A'u. Every operation is the one that {@link ScalarScalingLanes} does, so the bits are the
 * same.
 */
final class VectorScalingLanes implements ScalingLanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();

    private final VectorLanes lanes = new VectorLanes();

    @Override
    public void sweep(
            double[] a,
            int n,
            double[] marginal,
            double[] v,
            double[] av,
            double[] u,
            double[] atu) {
        Arrays.fill(atu, 0);
        int rows = u.length;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            fourRows(a, i, v, n, av);
            for (int k = i; k < i + 4; k++) {
                u[k] = marginal[k] / av[k];
            }
            addFourRows(a, i, u, n, atu);
        }
        for (; i < rows; i++) {
            av[i] = lanes.dot(a, i * n, v, 0, n);
            u[i] = marginal[i] / av[i];
            for (int j = 0; j < n; j++) {
                atu[j] = Math.fma(u[i], a[i * n + j], atu[j]);
            }
        }
    }

    private void fourRows(double[] a, int i, double[] v, int n, double[] av) {
        int r = i * n;
        if (V < 8) {
            for (int k = 0; k < 4; k++) {
                av[i + k] = lanes.dot(a, r + k * n, v, 0, n);
            }
            return;
        }
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = n & -8;
        for (int j = 0; j < end; j += 8) {
            var x = load(v, j);
            a0 = load(a, r + j).fma(x, a0);
            a1 = load(a, r + n + j).fma(x, a1);
            a2 = load(a, r + 2 * n + j).fma(x, a2);
            a3 = load(a, r + 3 * n + j).fma(x, a3);
        }
        av[i] = VectorLanes.rowEnd(a0, a, r, v, 0, end, n);
        av[i + 1] = VectorLanes.rowEnd(a1, a, r + n, v, 0, end, n);
        av[i + 2] = VectorLanes.rowEnd(a2, a, r + 2 * n, v, 0, end, n);
        av[i + 3] = VectorLanes.rowEnd(a3, a, r + 3 * n, v, 0, end, n);
    }

    private static void addFourRows(double[] a, int i, double[] u, int n, double[] atu) {
        int r = i * n;
        var u0 = DoubleVector.broadcast(S, u[i]);
        var u1 = DoubleVector.broadcast(S, u[i + 1]);
        var u2 = DoubleVector.broadcast(S, u[i + 2]);
        var u3 = DoubleVector.broadcast(S, u[i + 3]);
        int j = 0;
        for (; j + V <= n; j += V) {
            var s = u0.fma(load(a, r + j), load(atu, j));
            s = u1.fma(load(a, r + n + j), s);
            s = u2.fma(load(a, r + 2 * n + j), s);
            u3.fma(load(a, r + 3 * n + j), s).intoArray(atu, j);
        }
        for (; j < n; j++) {
            double s = Math.fma(u[i + 1], a[r + n + j], Math.fma(u[i], a[r + j], atu[j]));
            s = Math.fma(u[i + 2], a[r + 2 * n + j], s);
            atu[j] = Math.fma(u[i + 3], a[r + 3 * n + j], s);
        }
    }
}
