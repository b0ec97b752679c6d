package org.konvergo.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.konvergo.linalg.ConditionNumber;
import org.konvergo.random.RandomStream;
import org.ojalgo.matrix.decomposition.SingularValue;

/** The condition number of the Jacobian of {@link BirkhoffAssembly}. */
final class BirkhoffSingularValues extends Workload {
    private final int intervals;

    BirkhoffSingularValues(int intervals) {
        super("birkhoff-condition", Integer.toString(intervals));
        this.intervals = intervals;
    }

    @Override
    String title() {
        int n = 9 * (intervals + 1) + 8;
        return "Birkhoff Hessian, condition number, N = %d (%d x %d)".formatted(intervals, n, n);
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
                                () -> ConditionNumber.of(in.matrix("jacobian")),
                                c -> new double[] {c.largest(), c.smallest()}));
        solvers.put(
                "ojAlgo",
                in -> {
                    var matrix = OjAlgo.matrix(in.matrix("jacobian"));
                    return new Solver<>(
                            () -> {
                                var svd = SingularValue.R064.make(matrix);
                                svd.computeValuesOnly(matrix);
                                return svd.getSingularValues();
                            },
                            s -> new double[] {s.get(0), s.get(s.size() - 1)});
                });
        return solvers;
    }

    /** The answer is the largest and the smallest singular value: the larger relative error. */
    @Override
    double measure(Inputs in, double[] answer) {
        double[] expected = Plain.extremes(in.matrix("jacobian"));
        double first = Math.abs(answer[0] - expected[0]) / expected[0];
        return Math.max(first, Math.abs(answer[1] - expected[1]) / expected[1]);
    }

    @Override
    double tolerance() {
        return 1e-6; // Power iterations are slow here.
    }
}
