package org.konvergo.bilevel;

import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilevelFunction;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.Indicator;

/** Bilevel problems whose hyper-objective is known. */
final class Instances {
    private Instances() {}

    /** A unique lower solution; the second lower variable in [-1, 1] only matters above. */
    static BilevelProblem clipped() {
        var f =
                BilevelFunction.of(
                        1,
                        2,
                        (x, y) ->
                                ((y[0] + 1) * (y[0] + 1)
                                                + (y[1] - 2 * x[0]) * (y[1] - 2 * x[0])
                                                + x[0] * x[0])
                                        / 2,
                        (x, y) -> new double[] {5 * x[0] - 2 * y[1]},
                        (x, y) -> new double[] {y[0] + 1, y[1] - 2 * x[0]});
        var g =
                BilevelFunction.of(
                        1,
                        2,
                        (x, y) -> (y[0] - x[0]) * (y[0] - x[0]) / 2,
                        (x, y) -> new double[] {x[0] - y[0]},
                        (x, y) -> new double[] {y[0] - x[0], 0});
        double[] low = {Double.NEGATIVE_INFINITY, -1};
        double[] high = {Double.POSITIVE_INFINITY, 1};
        return new BilevelProblem(f, g, Indicator.none(), Indicator.box(low, high));
    }

    static double psiOfClipped(double x) {
        double y = Math.max(-1, Math.min(1, 2 * x));
        return ((x + 1) * (x + 1) + (y - 2 * x) * (y - 2 * x) + x * x) / 2;
    }

    /** A hyperplane of lower solutions: a'y = x with a = (1, ..., 1). */
    static BilevelProblem hyperplane(double... b) {
        int q = b.length;
        var f =
                BilevelFunction.of(
                        1,
                        q,
                        (x, y) ->
                                Kernels.distance2(y, b) * Kernels.distance2(y, b) / 2
                                        + StrictMath.sin(x[0]),
                        (x, y) -> new double[] {StrictMath.cos(x[0])},
                        (x, y) -> {
                            double[] d = y.clone();
                            Kernels.axpy(-1, b, d);
                            return d;
                        },
                        (x, y) -> matrix(q, q, true),
                        (x, y) -> new double[1][q]);
        var g =
                BilevelFunction.of(
                        1,
                        q,
                        (x, y) -> (Kernels.sum(y) - x[0]) * (Kernels.sum(y) - x[0]) / 2,
                        (x, y) -> new double[] {x[0] - Kernels.sum(y)},
                        (x, y) -> constant(q, Kernels.sum(y) - x[0]),
                        (x, y) -> matrix(q, q, false),
                        (x, y) -> new double[][] {constant(q, -1)});
        return BilevelProblem.of(f, g);
    }

    /** Best lower solution of the hyperplane. */
    static double[] nearest(double x, double... b) {
        double[] y = b.clone();
        Kernels.axpy((x - Kernels.sum(b)) / b.length, constant(b.length, 1), y);
        return y;
    }

    static double psiOfHyperplane(double x, double... b) {
        double d = Kernels.distance2(nearest(x, b), b);
        return d * d / 2 + StrictMath.sin(x);
    }

    /** A lower level that is not convex: r(y) = y + c sin y, g = (r(y) - x)^2 / 2. */
    static BilevelProblem wave(double c) {
        var f =
                BilevelFunction.scalar(
                        (x, y) -> (y - 1) * (y - 1) / 2 + 0.1 * (x - 2) * (x - 2),
                        (x, y) -> 0.2 * (x - 2),
                        (x, y) -> y - 1,
                        (x, y) -> 1,
                        (x, y) -> 0);
        var g =
                BilevelFunction.scalar(
                        (x, y) -> (r(c, y) - x) * (r(c, y) - x) / 2,
                        (x, y) -> x - r(c, y),
                        (x, y) -> (r(c, y) - x) * (1 + c * StrictMath.cos(y)),
                        (x, y) ->
                                (1 + c * StrictMath.cos(y)) * (1 + c * StrictMath.cos(y))
                                        - (r(c, y) - x) * c * StrictMath.sin(y),
                        (x, y) -> -(1 + c * StrictMath.cos(y)));
        return BilevelProblem.of(f, g);
    }

    private static double r(double c, double y) {
        return y + c * StrictMath.sin(y);
    }

    /** The y of r(y) = x, by bisection. */
    static double lowerOfWave(double c, double x) {
        double low = x - 1;
        double high = x + 1;
        for (int i = 0; i < 100; i++) {
            double y = (low + high) / 2;
            if (r(c, y) < x) {
                low = y;
            } else {
                high = y;
            }
        }
        return (low + high) / 2;
    }

    static double psiOfWave(double c, double x) {
        double y = lowerOfWave(c, x);
        return (y - 1) * (y - 1) / 2 + 0.1 * (x - 2) * (x - 2);
    }

    static double psiSlopeOfWave(double c, double x) {
        double y = lowerOfWave(c, x);
        return (y - 1) / (1 + c * StrictMath.cos(y)) + 0.2 * (x - 2);
    }

    /** Without an error bound: g = x y with y in [-1, 1]. */
    static BilevelProblem jump() {
        return new BilevelProblem(
                BilevelFunction.scalar((x, y) -> x * x + y, (x, y) -> 2 * x, (x, y) -> 1),
                BilevelFunction.scalar((x, y) -> x * y, (x, y) -> y, (x, y) -> x),
                Indicator.none(),
                Indicator.box(-1, 1));
    }

    /**
     * Strongly convex below: f = |y - M x|^2 / 2 with M of 3 x 2, F = |y - t|^2 / 2 + |x|^2 / 2.
     */
    static BilevelProblem linear() {
        double[][] m = {{1, 0.5}, {-0.3, 2}, {0.7, 0.1}};
        double[] t = {1, -1, 0.5};
        var upper =
                BilevelFunction.of(
                        2,
                        3,
                        (x, y) ->
                                Kernels.distance2(y, t) * Kernels.distance2(y, t) / 2
                                        + Kernels.dot(x, x) / 2,
                        (x, y) -> x.clone(),
                        (x, y) -> new double[] {y[0] - t[0], y[1] - t[1], y[2] - t[2]},
                        (x, y) -> matrix(3, 3, true),
                        (x, y) -> new double[2][3]);
        var lower =
                BilevelFunction.of(
                        2,
                        3,
                        (x, y) -> {
                            double[] d = residual(m, x, y);
                            return Kernels.dot(d, d) / 2;
                        },
                        (x, y) -> {
                            double[] d = residual(m, x, y);
                            return new double[] {
                                -m[0][0] * d[0] - m[1][0] * d[1] - m[2][0] * d[2],
                                -m[0][1] * d[0] - m[1][1] * d[1] - m[2][1] * d[2]
                            };
                        },
                        (x, y) -> residual(m, x, y),
                        (x, y) -> matrix(3, 3, true),
                        (x, y) ->
                                new double[][] {
                                    {-m[0][0], -m[1][0], -m[2][0]}, {-m[0][1], -m[1][1], -m[2][1]}
                                });
        return BilevelProblem.of(upper, lower);
    }

    /**
     * Two lower blocks y = (y1, y2) of length n: F = |x - y2|^2 / 2 + |y1 - e|^2 / 2, f = |y1|^2 /
     * 2 - x'y1 + c |y2|^2 / 2. With c = 0 the lower level does not see y2.
     */
    static BilevelProblem blocks(int n, double c) {
        return BilevelProblem.of(new Blocks(n, 0, true), new Blocks(n, c, false));
    }

    private record Blocks(int n, double c, boolean upper) implements BilevelObjective {
        @Override
        public int dimensionX() {
            return n;
        }

        @Override
        public int dimensionY() {
            return 2 * n;
        }

        @Override
        public double value(double[] x, double[] y) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double a = y[i];
                double b = y[n + i];
                sum +=
                        upper
                                ? ((x[i] - b) * (x[i] - b) + (a - 1) * (a - 1)) / 2
                                : a * a / 2 - x[i] * a + c * b * b / 2;
            }
            return sum;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            for (int i = 0; i < n; i++) {
                gradient[i] = upper ? x[i] - y[n + i] : -y[i];
            }
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            for (int i = 0; i < n; i++) {
                gradient[i] = upper ? y[i] - 1 : y[i] - x[i];
                gradient[n + i] = upper ? y[n + i] - x[i] : c * y[n + i];
            }
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            for (int i = 0; i < n; i++) {
                product[i] = v[i];
                product[n + i] = upper ? v[n + i] : c * v[n + i];
            }
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            for (int i = 0; i < n; i++) {
                product[i] = upper ? -v[n + i] : -v[i];
            }
        }
    }

    private static double[] residual(double[][] m, double[] x, double[] y) {
        double[] d = y.clone();
        for (int i = 0; i < d.length; i++) {
            d[i] -= Kernels.dot(m[i], x);
        }
        return d;
    }

    private static double[] constant(int n, double value) {
        var v = new double[n];
        java.util.Arrays.fill(v, value);
        return v;
    }

    /** The identity, or the matrix of ones. */
    private static double[][] matrix(int rows, int cols, boolean identity) {
        var rowsOf = new double[rows][cols];
        for (int k = 0; k < rows * cols; k++) {
            rowsOf[k / cols][k % cols] = !identity || k / cols == k % cols ? 1 : 0;
        }
        return rowsOf;
    }
}
