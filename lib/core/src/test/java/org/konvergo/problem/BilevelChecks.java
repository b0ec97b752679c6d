package org.konvergo.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.konvergo.linalg.Kernels;

/** Checks that bilevel objectives share. */
public final class BilevelChecks {
    private static final double H = 1e-5;

    private BilevelChecks() {}

    /** Central differences against both gradients and both products, to a tolerance. */
    public static void derivatives(
            BilevelObjective phi, double[] x, double[] y, double[] v, double tolerance) {
        var gx = new double[x.length];
        var gy = new double[y.length];
        phi.gradientX(x, y, gx);
        phi.gradientY(x, y, gy);
        for (int i = 0; i < x.length; i++) {
            double difference = (phi.value(moved(x, i, H), y) - phi.value(moved(x, i, -H), y));
            assertEquals(difference / (2 * H), gx[i], tolerance, "x " + i);
        }
        for (int j = 0; j < y.length; j++) {
            double difference = (phi.value(x, moved(y, j, H)) - phi.value(x, moved(y, j, -H)));
            assertEquals(difference / (2 * H), gy[j], tolerance, "y " + j);
        }
        double[] up = y.clone();
        double[] down = y.clone();
        Kernels.axpy(H, v, up);
        Kernels.axpy(-H, v, down);
        var yy = new double[y.length];
        phi.hessianYY(x, y, v, yy);
        var above = new double[y.length];
        var below = new double[y.length];
        phi.gradientY(x, up, above);
        phi.gradientY(x, down, below);
        for (int j = 0; j < y.length; j++) {
            assertEquals((above[j] - below[j]) / (2 * H), yy[j], tolerance, "yy " + j);
        }
        var xy = new double[x.length];
        phi.hessianXY(x, y, v, xy);
        above = new double[x.length];
        below = new double[x.length];
        phi.gradientX(x, up, above);
        phi.gradientX(x, down, below);
        for (int i = 0; i < x.length; i++) {
            assertEquals((above[i] - below[i]) / (2 * H), xy[i], tolerance, "xy " + i);
        }
    }

    private static double[] moved(double[] x, int i, double by) {
        double[] moved = x.clone();
        moved[i] += by;
        return moved;
    }
}
