package org.konvergo.bench;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/** Plain loops that judge answers. */
final class Plain {
    private Plain() {}

    /** A x for row-major A with as many columns as x is long; |A| |x| if absolute. */
    static double[] product(double[] a, double[] x, boolean absolute) {
        var y = new double[a.length / x.length];
        for (int i = 0, k = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++, k++) {
                double term = a[k] * x[j];
                y[i] += absolute ? Math.abs(term) : term;
            }
        }
        return y;
    }

    /** Largest |x_i - y_i| over the larger of 1 and |y_i|; NaN if a number is NaN. */
    static double difference(double[] x, double[] y) {
        if (x.length != y.length) {
            return Double.NaN;
        }
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(x[i] - y[i]) / Math.max(1, Math.abs(y[i])));
        }
        return worst;
    }

    static double trace(DMatrixRMaj a) {
        double trace = 0;
        for (int i = 0; i < a.numRows; i++) {
            trace += a.get(i, i);
        }
        return trace;
    }

    /** Largest and smallest singular value, by power iterations with A'A and its inverse. */
    static double[] extremes(DMatrixRMaj a) {
        var lu = LinearSolverFactory_DDRM.lu(a.numRows);
        var transposed = LinearSolverFactory_DDRM.lu(a.numRows);
        var at = CommonOps_DDRM.transpose(a, null);
        lu.setA(a.copy());
        transposed.setA(at.copy());
        var x = new DMatrixRMaj(a.numRows, 1);
        var y = new DMatrixRMaj(a.numRows, 1);
        double largest =
                power(
                        x,
                        () -> {
                            CommonOps_DDRM.mult(a, x, y);
                            CommonOps_DDRM.mult(at, y, x);
                        });
        double inverse =
                power(
                        x,
                        () -> {
                            transposed.solve(x, y);
                            lu.solve(y, x);
                        });
        return new double[] {Math.sqrt(largest), 1 / Math.sqrt(inverse)};
    }

    private static double power(DMatrixRMaj x, Runnable step) {
        for (int i = 0; i < x.numRows; i++) {
            x.data[i] = 1 + i % 7;
        }
        double norm = 0;
        for (int i = 0; i < 3000; i++) {
            CommonOps_DDRM.divide(x, NormOps_DDRM.normF(x));
            step.run();
            norm = NormOps_DDRM.normF(x);
        }
        return norm;
    }
}
