package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.stream;
import static org.konvergo.golden.KernelFigures.values;

import org.ejml.data.ZMatrixRMaj;
import org.konvergo.constrained.AlternatingRobustPrecoder;
import org.konvergo.constrained.CellFreeChannel;
import org.konvergo.constrained.LinearPrecoder;
import org.konvergo.constrained.RobustPrecoder;
import org.konvergo.linalg.ComplexCholesky;
import org.konvergo.linalg.ComplexKernels;
import org.konvergo.metric.SumRate;

/** Entries of complex matrices and of precoders. */
final class PrecodingFigures {
    private static final int STEPS = 12;

    private PrecodingFigures() {}

    private static ZMatrixRMaj complex(int rows, int cols, String name) {
        return new ZMatrixRMaj(rows, cols, true, values(2 * rows * cols, name));
    }

    private static CellFreeChannel network(double errorShare) {
        return CellFreeChannel.draw(5, 2, 4, errorShare, stream("network"));
    }

    static void addTo(Golden golden) {
        golden.add(
                "ComplexKernels.product",
                () -> ComplexKernels.product(complex(3, 9, "a"), complex(9, 4, "b")).data);
        golden.add(
                "ComplexKernels.transposedProduct",
                () ->
                        ComplexKernels.transposedProduct(complex(9, 3, "a"), complex(9, 4, "b"))
                                .data);
        golden.add(
                "ComplexKernels.adjointProduct",
                () -> ComplexKernels.adjointProduct(complex(9, 3, "a"), complex(9, 4, "b")).data);
        golden.add(
                "ComplexKernels.columns", () -> ComplexKernels.columns(complex(3, 4, "a"), true));
        golden.add(
                "ComplexKernels.ofColumns",
                () -> ComplexKernels.ofColumns(values(24, "a"), 3, 4).data);
        golden.add("ComplexKernels.turned", () -> ComplexKernels.turned(values(8, "a")));
        golden.add(
                "ComplexKernels.squaredNorm",
                () -> new double[] {ComplexKernels.squaredNorm(complex(3, 4, "a"))});
        golden.add(
                "ComplexKernels.distance",
                () ->
                        new double[] {
                            ComplexKernels.distance(complex(3, 4, "a"), complex(3, 4, "b"))
                        });
        golden.add(
                "ComplexKernels.scaled", () -> ComplexKernels.scaled(0.3, complex(3, 4, "a")).data);
        for (int n : new int[] {1, 5, 12}) {
            golden.add(
                    "ComplexCholesky n=" + n,
                    () -> {
                        var x = complex(n + 3, n, "x");
                        var cholesky = ComplexCholesky.of(ComplexKernels.adjointProduct(x, x));
                        return Golden.join(
                                cholesky.factor().data, cholesky.solve(complex(n, 2, "b")).data);
                    });
        }
        golden.add(
                "SumRate",
                () -> SumRate.perUser(complex(5, 4, "channel"), complex(5, 4, "precoder"), 0.1));
        golden.add(
                "CellFreeChannel",
                () ->
                        Golden.join(
                                network(0.2).gains().data,
                                network(0.2).estimate().data,
                                network(0.2).realisation(stream("errors")).data));
        for (var precoder : LinearPrecoder.values()) {
            golden.add(
                    "LinearPrecoder " + precoder,
                    () -> precoder.precoder(network(0).estimate(), 0.1, 1).data);
        }
        for (var solve : RobustPrecoder.Solve.values()) {
            golden.add(
                    "RobustPrecoder " + solve,
                    () -> {
                        var network = network(0.2);
                        var problem =
                                new RobustPrecoder(
                                        network.estimate(),
                                        network.errorVariances(),
                                        0.1,
                                        1,
                                        2,
                                        solve);
                        var s = problem.solution();
                        return Golden.join(
                                s.precoder().data,
                                new double[] {s.scale(), s.objective(), problem.contraction()});
                    });
        }
        for (double share : new double[] {0, 0.3}) {
            golden.method(
                    "AlternatingRobustPrecoder " + share,
                    STEPS,
                    (AlternatingRobustPrecoder.State s) ->
                            Golden.join(
                                    s.precoder().data,
                                    new double[] {
                                        s.scale(), s.objective(), s.change(), s.regularisation()
                                    }),
                    () ->
                            new AlternatingRobustPrecoder(
                                    RobustPrecoder.of(network(share), 0.05, 1, 2)));
        }
    }
}
