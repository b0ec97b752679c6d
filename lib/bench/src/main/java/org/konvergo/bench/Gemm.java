package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.ojalgo.matrix.store.R064Store;

/** Product of two n x n matrices with Gaussian entries. */
final class Gemm extends Workload {
    private final int n;

    Gemm(int n) {
        super("gemm", Integer.toString(n));
        this.n = n;
    }

    @Override
    String title() {
        return "Matrix product, " + n + " x " + n;
    }

    @Override
    Inputs draw(RandomStream random) {
        return new Inputs()
                .with("a", RandomMatrices.gaussian(n, n, random))
                .with("b", RandomMatrices.gaussian(n, n, random));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(KONVERGO, in -> inPlace(in, Kernels::gemm));
        solvers.put("EJML", in -> inPlace(in, CommonOps_DDRM::mult));
        solvers.put("ojAlgo", Gemm::ojAlgo);
        solvers.put("PyTorch", in -> Torch.product(in.matrix("a"), in.matrix("b")));
        return solvers;
    }

    private interface Product {
        void of(DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj c);
    }

    private static Solver<?> inPlace(Inputs in, Product product) {
        var a = in.matrix("a");
        var b = in.matrix("b");
        var c = new DMatrixRMaj(a.numRows, b.numCols);
        return Solver.of(
                () -> {
                    product.of(a, b, c);
                    return c.data;
                });
    }

    private static Solver<?> ojAlgo(Inputs in) {
        var a = OjAlgo.matrix(in.matrix("a"));
        var b = OjAlgo.matrix(in.matrix("b"));
        var c = R064Store.FACTORY.make(a.countRows(), b.countColumns());
        return new Solver<>(
                () -> {
                    c.fillByMultiplying(a, b);
                    return c;
                },
                OjAlgo::rowMajor);
    }

    /** Freivalds' check: |C x - A (B x)| over |A| (|B| |x|), largest over the rows. */
    @Override
    double measure(Inputs in, double[] c) {
        var x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1 + i % 7;
        }
        double[] bx = Plain.product(in.matrix("b").data, x, false);
        double[] abx = Plain.product(in.matrix("a").data, bx, false);
        double[] scale = Plain.product(in.matrix("b").data, x, true);
        scale = Plain.product(in.matrix("a").data, scale, true);
        double[] cx = Plain.product(c, x, false);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.abs(cx[i] - abx[i]) / scale[i]);
        }
        return worst;
    }

    @Override
    double tolerance() {
        return 1e-13;
    }
}
