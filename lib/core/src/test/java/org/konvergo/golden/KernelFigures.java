package org.konvergo.golden;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.FMatrixRMaj;
import org.ejml.ops.DConvertMatrixStruct;
import org.konvergo.linalg.ChebyshevLobattoGrid;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.linalg.DiscreteCosineTransform;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.linalg.Elementary;
import org.konvergo.linalg.FloatKernels;
import org.konvergo.linalg.GershgorinDiscs;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.LinearSolver;
import org.konvergo.linalg.MatrixScaling;
import org.konvergo.linalg.Parallel;
import org.konvergo.linalg.PerronVector;
import org.konvergo.linalg.Pseudospectrum;
import org.konvergo.linalg.SimplexProjection;
import org.konvergo.linalg.SingularValueDecomposition;
import org.konvergo.linalg.SparseKernels;
import org.konvergo.linalg.SparseSymmetricMatrix;
import org.konvergo.linalg.SpectralRadius;
import org.konvergo.linalg.TopEntries;
import org.konvergo.linalg.TopKSimplexProjection;
import org.konvergo.linalg.Updates;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Entries of the package linalg. */
final class KernelFigures {
    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        -1e-310,
        1e-300,
        0x1p-53,
        1 + 0x1p-52,
        Math.E,
        Math.PI,
        -Math.PI / 2,
        709.78,
        709.79,
        -708.4,
        -720,
        -745.13,
        -745.2,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    private KernelFigures() {}

    static RandomStream stream(String name) {
        return new RandomStreams(20).stream(name, 0);
    }

    /** Gaussians over some orders of magnitude. */
    static double[] values(int n, String name) {
        var random = stream(name);
        double[] x = random.gaussians(n);
        for (int i = 0; i < n; i++) {
            x[i] *= Elementary.exp(random.uniform(-4, 4));
        }
        return x;
    }

    static double[] positive(int n, String name) {
        double[] x = values(n, name);
        Arrays.setAll(x, i -> Math.abs(x[i]));
        return x;
    }

    static DMatrixRMaj matrix(int rows, int cols, String name) {
        return new DMatrixRMaj(rows, cols, true, values(rows * cols, name));
    }

    /** Arguments over the whole range of numbers, and those that need care. */
    private static double[] everywhere(String name) {
        var random = stream(name);
        var x = new double[200];
        Arrays.setAll(
                x,
                i ->
                        i % 2 == 0
                                ? random.uniform(-760, 720)
                                : random.gaussian() * Elementary.exp(random.uniform(-40, 40)));
        return Golden.join(SPECIAL, x);
    }

    static void addTo(Golden golden) {
        addSums(golden);
        addUpdates(golden);
        addSparseAndFloat(golden);
        addFunctions(golden);
        addProducts(golden);
        addDecompositions(golden);
        addTransforms(golden);
    }

    private static double[] one(double value) {
        return new double[] {value};
    }

    private static void addUpdates(Golden golden) {
        golden.perSize(
                "Updates",
                n -> {
                    double[] x = values(n, "x");
                    double[] y = values(n, "y");
                    var all = new double[5][n];
                    Updates.multiply(x, y, all[0]);
                    Updates.gradientStep(x, 0.3, y, all[1]);
                    Updates.softThreshold(x, 0.5, all[2]);
                    Updates.proximalGradientStep(x, 0.3, y, 0.5, all[3]);
                    Updates.extrapolate(x, y, 0.7, all[4]);
                    return Golden.join(all);
                });
        golden.add(
                "Updates.softThreshold of special values",
                () -> {
                    var z = new double[SPECIAL.length];
                    Updates.softThreshold(SPECIAL, 0.25, z);
                    return z;
                });
    }

    private static double[] doubles(float[] x) {
        var y = new double[x.length];
        Arrays.setAll(y, i -> x[i]);
        return y;
    }

    private static FMatrixRMaj floats(int rows, int cols, String name) {
        double[] x = values(rows * cols, name);
        var a = new FMatrixRMaj(rows, cols);
        for (int i = 0; i < x.length; i++) {
            a.data[i] = (float) x[i];
        }
        return a;
    }

    private static DMatrixSparseCSC thinned() {
        DMatrixRMaj dense = matrix(37, 23, "a");
        for (int i = 0; i < dense.data.length; i++) {
            dense.data[i] = i % 3 == 0 ? dense.data[i] : 0;
        }
        return DConvertMatrixStruct.convert(dense, new DMatrixSparseCSC(37, 23), 0.0);
    }

    private static void addSparseAndFloat(Golden golden) {
        golden.add(
                "SparseKernels.gemv",
                () -> {
                    var y = new double[37];
                    SparseKernels.gemv(thinned(), values(23, "x"), y);
                    return y;
                });
        golden.add(
                "SparseKernels.gemvTransposed",
                () -> {
                    var y = new double[23];
                    SparseKernels.gemvTransposed(thinned(), values(37, "y"), y);
                    return y;
                });
        golden.perSize(
                "FloatKernels.dot",
                n -> one(FloatKernels.dot(floats(1, n, "x").data, floats(1, n, "y").data)));
        FMatrixRMaj a = floats(29, 31, "a");
        FMatrixRMaj b = floats(31, 37, "b");
        FMatrixRMaj at = floats(31, 29, "a");
        FMatrixRMaj bt = floats(37, 31, "b");
        var fc = new FMatrixRMaj(29, 37);
        golden.add(
                "FloatKernels.gemm",
                () -> {
                    FloatKernels.gemm(a, b, fc);
                    return doubles(fc.data);
                });
        golden.add(
                "FloatKernels.gemmTransA",
                () -> {
                    FloatKernels.gemmTransA(at, b, fc);
                    return doubles(fc.data);
                });
        golden.add(
                "FloatKernels.gemmTransB",
                () -> {
                    FloatKernels.gemmTransB(a, bt, fc);
                    return doubles(fc.data);
                });
        golden.add(
                "FloatKernels.gemmTransAB",
                () -> {
                    FloatKernels.gemmTransAB(at, bt, fc);
                    return doubles(fc.data);
                });
        golden.add(
                "Kernels.gemmTransAB",
                () -> {
                    var c = new DMatrixRMaj(29, 37);
                    Kernels.gemmTransAB(matrix(31, 29, "a"), matrix(37, 31, "b"), c);
                    return c.data;
                });
        golden.add(
                "Kernels.syrk",
                () -> {
                    var c = new DMatrixRMaj(29, 29);
                    Kernels.syrk(matrix(29, 31, "a"), c);
                    return c.data;
                });
        golden.add(
                "Kernels.syrkTransA",
                () -> {
                    var c = new DMatrixRMaj(31, 31);
                    Kernels.syrkTransA(matrix(29, 31, "a"), c);
                    return c.data;
                });
        golden.add(
                "Kernels.squaredDistances",
                () -> {
                    var c = new DMatrixRMaj(29, 17);
                    Kernels.squaredDistances(matrix(29, 11, "a"), matrix(17, 11, "b"), c);
                    return c.data;
                });
        golden.add(
                "MatrixScaling.sweep",
                () -> {
                    var av = new double[29];
                    var u = new double[29];
                    var atu = new double[37];
                    DMatrixRMaj plan = matrix(29, 37, "a");
                    MatrixScaling.sweep(plan, positive(29, "r"), values(37, "v"), av, u, atu);
                    return Golden.join(av, u, atu);
                });
    }

    private static void addSums(Golden golden) {
        golden.perSize("Kernels.dot", n -> one(Kernels.dot(values(n, "x"), values(n, "y"))));
        golden.perSize(
                "Kernels.dot of a range",
                n -> one(Kernels.dot(values(n + 3, "x"), 3, values(n + 1, "y"), 1, n)));
        golden.perSize("Kernels.sum", n -> one(Kernels.sum(values(n, "x"))));
        golden.perSize("Kernels.norm1", n -> one(Kernels.norm1(values(n, "x"))));
        golden.perSize("Kernels.norm2", n -> one(Kernels.norm2(values(n, "x"))));
        golden.perSize("Kernels.normInf", n -> one(Kernels.normInf(values(n, "x"))));
        golden.perSize(
                "Kernels.distance2", n -> one(Kernels.distance2(values(n, "x"), values(n, "y"))));
        for (int i = 0; i < SPECIAL.length; i++) {
            double odd = SPECIAL[i];
            golden.add(
                    "Kernels.sums with " + odd,
                    () -> {
                        double[] x = values(19, "x");
                        x[13] = odd;
                        double[] y = values(19, "y");
                        return new double[] {
                            Kernels.dot(x, y),
                            Kernels.sum(x),
                            Kernels.norm1(x),
                            Kernels.norm2(x),
                            Kernels.normInf(x),
                            Kernels.distance2(x, y),
                            Kernels.logSumExp(x)
                        };
                    });
        }
        golden.perSize(
                "Kernels.axpy",
                n -> {
                    double[] y = values(n, "y");
                    Kernels.axpy(0.7, values(n, "x"), y);
                    return y;
                });
        golden.perSize(
                "Kernels.axpy of a range",
                n -> {
                    double[] y = values(n + 5, "y");
                    Kernels.axpy(-1 / 3.0, values(n + 2, "x"), 2, y, 3, n);
                    return y;
                });
        golden.perSize(
                "Kernels.axpby",
                n -> {
                    double[] y = values(n, "y");
                    Kernels.axpby(0.7, values(n, "x"), -1.3, y);
                    return y;
                });
        golden.perSize(
                "Kernels.scale",
                n -> {
                    double[] x = values(n, "x");
                    Kernels.scale(1 / 3.0, x);
                    return x;
                });
    }

    private static double[] map(DoubleUnaryOperator f, double[] x) {
        return Arrays.stream(x).map(f).toArray();
    }

    private static void addFunctions(Golden golden) {
        golden.add("Elementary.exp", () -> map(Elementary::exp, everywhere("x")));
        golden.add("Elementary.log", () -> map(Elementary::log, everywhere("x")));
        golden.add("Elementary.log of positive", () -> map(Elementary::log, positive(200, "x")));
        golden.add(
                "Kernels.exp",
                () -> {
                    double[] y = everywhere("x");
                    Kernels.exp(y, y);
                    return y;
                });
        golden.add(
                "Kernels.log",
                () -> {
                    double[] x = Golden.join(everywhere("x"), positive(100, "x"));
                    var y = new double[x.length];
                    Kernels.log(x, y);
                    return y;
                });
        DoubleUnaryOperator[] functions = {
            Elementary::log1p, Elementary::expm1, Elementary::tanh, Elementary::sigmoid
        };
        List<BiConsumer<double[], double[]>> kernels =
                List.of(Kernels::log1p, Kernels::expm1, Kernels::tanh, Kernels::sigmoid);
        String[] names = {"log1p", "expm1", "tanh", "sigmoid"};
        for (int f = 0; f < names.length; f++) {
            DoubleUnaryOperator function = functions[f];
            BiConsumer<double[], double[]> kernel = kernels.get(f);
            golden.add("Elementary." + names[f], () -> map(function, everywhere("x")));
            golden.add(
                    "Kernels." + names[f],
                    () -> {
                        // Many positive ones, so that most figures of log1p are numbers.
                        double[] x = Golden.join(everywhere("x"), positive(101, "x"));
                        kernel.accept(x, x);
                        return x;
                    });
        }
        golden.add(
                "FloatKernels.exp",
                () -> {
                    float[] x = floats(1, 530, "x").data;
                    FloatKernels.exp(x, x);
                    return doubles(x);
                });
        golden.perSize("Kernels.logSumExp", n -> one(Kernels.logSumExp(values(n, "x"))));
        golden.add(
                "Kernels.logSumExp of a range",
                () -> one(Kernels.logSumExp(values(70, "x"), 11, 53)));
        golden.perSize(
                "Kernels.softmax",
                n -> {
                    var y = new double[n];
                    Kernels.softmax(values(n, "x"), y);
                    return y;
                });
        golden.add(
                "Kernels.softmaxRows",
                () -> {
                    var b = new DMatrixRMaj(7, 21);
                    Kernels.softmaxRows(matrix(7, 21, "a"), b);
                    return b.data;
                });
        golden.add(
                "Kernels.logSumExpRows",
                () -> {
                    var y = new double[9];
                    Kernels.logSumExpRows(matrix(9, 37, "a"), y);
                    return y;
                });
    }

    private static void addProducts(Golden golden) {
        int[][] shapes = {{1, 1}, {3, 5}, {8, 8}, {17, 33}, {5, 100}, {40, 7}};
        for (int[] shape : shapes) {
            int m = shape[0];
            int n = shape[1];
            String of = " of " + m + " x " + n;
            golden.add(
                    "Kernels.gemv" + of,
                    () -> {
                        var y = new double[m];
                        Kernels.gemv(matrix(m, n, "a"), values(n, "x"), y);
                        return y;
                    });
            golden.add(
                    "Kernels.gemv of a range" + of,
                    () -> {
                        var y = new double[m];
                        Kernels.gemv(values(m * n, "a"), m, values(n + 3, "x"), 2, n, y);
                        return y;
                    });
            golden.add(
                    "Kernels.gemvTransposed" + of,
                    () -> {
                        var y = new double[n];
                        Kernels.gemvTransposed(matrix(m, n, "a"), values(m, "x"), y);
                        return y;
                    });
            golden.add(
                    "Kernels.scaleRows" + of,
                    () -> {
                        var a = matrix(m, n, "a");
                        Kernels.scaleRows(values(m, "d"), a);
                        return a.data;
                    });
            golden.add(
                    "Kernels.scaleColumns" + of,
                    () -> {
                        var a = matrix(m, n, "a");
                        Kernels.scaleColumns(a, values(n, "d"));
                        return a.data;
                    });
        }
        // Ragged borders, more rows than a panel of A and more depth than a panel of B.
        int[][] products = {
            {1, 1, 1}, {3, 5, 7}, {8, 16, 24}, {13, 17, 31}, {6, 5, 530}, {260, 3, 9}
        };
        for (int[] shape : products) {
            int m = shape[0];
            int n = shape[1];
            int k = shape[2];
            String of = " of " + m + " x " + k + " x " + n;
            golden.add(
                    "Kernels.gemm" + of,
                    () -> {
                        var c = new DMatrixRMaj(m, n);
                        Kernels.gemm(matrix(m, k, "a"), matrix(k, n, "b"), c);
                        return c.data;
                    });
            golden.add(
                    "Kernels.gemmTransA" + of,
                    () -> {
                        var c = new DMatrixRMaj(m, n);
                        Kernels.gemmTransA(matrix(k, m, "a"), matrix(k, n, "b"), c);
                        return c.data;
                    });
            golden.add(
                    "Kernels.gemmTransB" + of,
                    () -> {
                        var c = new DMatrixRMaj(m, n);
                        Kernels.gemmTransB(matrix(m, k, "a"), matrix(n, k, "b"), c);
                        return c.data;
                    });
        }
        golden.add(
                "SparseSymmetricMatrix",
                () -> {
                    var y = new double[60];
                    sparse(60).apply(values(60, "x"), y);
                    return y;
                });
        golden.add(
                "Parallel.map",
                () ->
                        Parallel.map(9, i -> Kernels.sum(values(10 * i, "part " + i))).stream()
                                .mapToDouble(x -> x)
                                .toArray());
    }

    /** Positive definite: five diagonals. */
    static SparseSymmetricMatrix sparse(int n) {
        var diagonal = new double[n];
        Arrays.setAll(diagonal, i -> 4 + i % 3 / 7.0);
        var rows = new int[2 * n - 3];
        var cols = new int[2 * n - 3];
        for (int i = 0, k = 0; i < n; i++) {
            for (int j = i + 1; j <= Math.min(i + 2, n - 1); j++) {
                rows[k] = i;
                cols[k++] = j;
            }
        }
        double[] entries = stream("sparse").uniforms(rows.length);
        return SparseSymmetricMatrix.of(diagonal, rows, cols, entries);
    }

    private static void addDecompositions(Golden golden) {
        for (int n : new int[] {1, 2, 5, 12, 25}) {
            golden.add(
                    "EigenvaluesNonsymmetric n=" + n,
                    () -> {
                        var e = EigenvaluesNonsymmetric.of(matrix(n, n, "a"));
                        return Golden.join(e.real(), e.imaginary());
                    });
            golden.add(
                    "ConditionNumber n=" + n,
                    () -> {
                        var c = ConditionNumber.of(matrix(n + 3, n, "a"));
                        return new double[] {c.largest(), c.smallest(), c.value()};
                    });
            golden.add(
                    "SingularValueDecomposition n=" + n,
                    () -> {
                        var svd = SingularValueDecomposition.of(matrix(n + 3, n, "a"));
                        return Golden.join(svd.values(), svd.left().data, svd.right().data);
                    });
            golden.add(
                    "LinearSolver.lu n=" + n,
                    () -> LinearSolver.lu().solve(matrix(n, n, "a"), values(n, "b")).orElseThrow());
            golden.add(
                    "PerronVector n=" + n,
                    () -> {
                        var p = PerronVector.of(new DMatrixRMaj(n, n, true, positive(n * n, "a")));
                        return Golden.join(one(p.radius()), p.vector());
                    });
            golden.add("SpectralRadius n=" + n, () -> one(SpectralRadius.of(matrix(n, n, "a"))));
            golden.add(
                    "GershgorinDiscs n=" + n,
                    () -> {
                        var d = new GershgorinDiscs(matrix(n, n, "a"));
                        return Golden.join(d.centres(), d.radii());
                    });
            golden.add(
                    "Pseudospectrum n=" + n,
                    () -> one(Pseudospectrum.level(matrix(n, n, "a"), 0.3, 1.7)));
        }
    }

    private static void addTransforms(Golden golden) {
        for (int n : new int[] {2, 3, 8, 15, 33}) {
            golden.add(
                    "DiscreteCosineTransform n=" + n,
                    () -> {
                        var dct = new DiscreteCosineTransform(n);
                        var y = new double[n + 1];
                        var x = new double[n + 1];
                        dct.transform(values(n + 1, "x"), y);
                        dct.inverse(y, x);
                        return Golden.join(y, x);
                    });
            golden.add(
                    "ChebyshevLobattoGrid n=" + n,
                    () -> {
                        var grid = new ChebyshevLobattoGrid(n);
                        double[] v = values(n + 1, "x");
                        return Golden.join(
                                grid.nodes(),
                                grid.weights(),
                                grid.coefficients(v),
                                grid.values(v),
                                grid.differentiationMatrix().data,
                                grid.integrate(v),
                                one(grid.integral(v)));
                    });
        }
        golden.perSize(
                "SimplexProjection",
                n -> n == 0 ? new double[0] : SimplexProjection.project(values(n, "x"), 1.5));
        golden.add(
                "TopKSimplexProjection",
                () -> TopKSimplexProjection.project(values(40, "x"), 7, 1.5));
        golden.add(
                "TopEntries",
                () -> {
                    var top = TopEntries.of(matrix(11, 13, "a"), 20);
                    return Golden.join(
                            top.values(),
                            Golden.doubles(top.rows()),
                            Golden.doubles(top.cols()),
                            one(top.threshold()),
                            one(top.rest()));
                });
    }
}
