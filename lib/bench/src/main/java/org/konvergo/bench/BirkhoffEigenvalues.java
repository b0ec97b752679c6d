package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.konvergo.linalg.EigenvaluesNonsymmetric;
import org.konvergo.random.RandomStream;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.R064Store;

/** The eigenvalues of the Jacobian of {@link BirkhoffAssembly}. */
final class BirkhoffEigenvalues extends Workload {
    private final int intervals;

    BirkhoffEigenvalues(int intervals) {
        super("birkhoff-eigenvalues", Integer.toString(intervals));
        this.intervals = intervals;
    }

    @Override
    String title() {
        int n = 9 * (intervals + 1) + 8;
        return "Birkhoff Hessian, eigenvalues, N = %d (%d x %d)".formatted(intervals, n, n);
    }

    @Override
    Inputs draw(RandomStream random) {
        var problem = Birkhoff.problem(Birkhoff.inputs(intervals));
        return new Inputs().with("jacobian", Birkhoff.jacobian(problem, intervals));
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        var solvers = new LinkedHashMap<String, Function<Inputs, Solver<?>>>();
        solvers.put(
                KONVERGO,
                in ->
                        new Solver<>(
                                () -> EigenvaluesNonsymmetric.of(in.matrix("jacobian")),
                                mu -> interleaved(mu.real(), mu.imaginary())));
        solvers.put("EJML", in -> Solver.of(() -> ejml(in.matrix("jacobian"))));
        solvers.put(
                "ojAlgo",
                in -> {
                    var matrix = OjAlgo.matrix(in.matrix("jacobian"));
                    return Solver.of(() -> ojAlgo(matrix));
                });
        return solvers;
    }

    private static double[] ejml(DMatrixRMaj a) {
        var decomposition = DecompositionFactory_DDRM.eig(a.numRows, false);
        if (!decomposition.decompose(a.copy())) {
            throw new IllegalStateException("no convergence");
        }
        var real = new double[a.numRows];
        var imaginary = new double[a.numRows];
        for (int i = 0; i < a.numRows; i++) {
            real[i] = decomposition.getEigenvalue(i).real;
            imaginary[i] = decomposition.getEigenvalue(i).imaginary;
        }
        return interleaved(real, imaginary);
    }

    private static double[] ojAlgo(R064Store a) {
        var decomposition = Eigenvalue.R064.make(a, false);
        if (!decomposition.computeValuesOnly(a)) {
            throw new IllegalStateException("no convergence");
        }
        var values = decomposition.getEigenvalues();
        var real = new double[values.size()];
        var imaginary = new double[values.size()];
        for (int i = 0; i < real.length; i++) {
            real[i] = values.get(i).getReal();
            imaginary[i] = values.get(i).getImaginary();
        }
        return interleaved(real, imaginary);
    }

    private static double[] interleaved(double[] real, double[] imaginary) {
        var both = new double[2 * real.length];
        for (int i = 0; i < real.length; i++) {
            both[2 * i] = real[i];
            both[2 * i + 1] = imaginary[i];
        }
        return both;
    }

    /**
     * Single eigenvalues of this matrix are ill-conditioned; their sum and the sum of their squares
     * are not. The answer is real and imaginary part in turn: the larger relative error of the two
     * sums against the traces of J and J J.
     */
    @Override
    double measure(Inputs in, double[] mu) {
        var j = in.matrix("jacobian");
        double sum = 0;
        double squares = 0;
        for (int i = 0; i + 1 < mu.length; i += 2) {
            sum += mu[i];
            squares += mu[i] * mu[i] - mu[i + 1] * mu[i + 1];
        }
        double traceOfSquare = 0;
        for (int i = 0; i < j.numRows; i++) {
            for (int k = 0; k < j.numCols; k++) {
                traceOfSquare += j.get(i, k) * j.get(k, i);
            }
        }
        double trace = Plain.trace(j);
        double first = Math.abs(sum - trace) / Math.abs(trace);
        return Math.max(first, Math.abs(squares - traceOfSquare) / Math.abs(traceOfSquare));
    }

    @Override
    double tolerance() {
        return 1e-11;
    }
}
