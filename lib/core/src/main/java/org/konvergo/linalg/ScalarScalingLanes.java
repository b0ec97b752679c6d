package org.konvergo.linalg;

import java.util.Arrays;

/** In plain Java. */
final class ScalarScalingLanes implements ScalingLanes {
    private final Lanes lanes = new ScalarLanes();

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
        for (int i = 0; i < u.length; i++) {
            int row = i * n;
            av[i] = lanes.dot(a, row, v, 0, n);
            u[i] = marginal[i] / av[i];
            for (int j = 0; j < n; j++) {
                atu[j] = Math.fma(u[i], a[row + j], atu[j]);
            }
        }
    }
}
