package org.konvergo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.constrained.Accuracy;
import org.konvergo.constrained.InnerSolver;
import org.konvergo.constrained.NewtonSqp;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.problem.CutestProblem;
import org.konvergo.problem.EqualityConstrainedProblem;
import org.konvergo.random.RandomStream;

/**
 * A set of small problems with equations of the CUTEst collection, one after the other from their
 * usual starts, each until its KKT residual is 1e-6; and how many evaluations that took.
 */
final class EqualityConstrained extends Workload {
    private static final double ERROR = 1e-6;
    private static final int LAST = 1000;

    /** Evaluations of values, gradients and Hessians. */
    private static final int COUNTS = 3;

    private final List<CutestProblem> set;

    EqualityConstrained(String size, List<CutestProblem> set) {
        super("equality-constrained", size);
        this.set = List.copyOf(set);
    }

    @Override
    String title() {
        return set.size() + " problems of CUTEst with equations, to KKT residuals of 1e-6";
    }

    /** The problems are formulas, which every side has: here are their places in the collection. */
    @Override
    Inputs draw(RandomStream random) {
        return new Inputs()
                .with("problems", set.stream().mapToInt(CutestProblem.all()::indexOf).toArray())
                .with("variables", set.stream().mapToInt(p -> p.problem().dimension()).toArray())
                .with(
                        "starts",
                        set.stream()
                                .flatMapToDouble(
                                        p ->
                                                IntStream.range(0, p.problem().dimension())
                                                        .mapToDouble(i -> p.problem().start()[i]))
                                .toArray())
                .with("error", ERROR);
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(KONVERGO, in -> Solver.of(() -> solve(set)));
    }

    private static double[] solve(List<CutestProblem> set) {
        var answer = new ArrayList<double[]>();
        for (var one : set) {
            var problem = new Counted(one.problem());
            var method = NewtonSqp.of(problem, InnerSolver.direct(), Accuracy.adaptive(1));
            var trace =
                    Run.of(method)
                            .measure("kkt", NewtonSqp.State::kkt)
                            .stop(Stop.below("kkt", ERROR).or(Stop.iterations(LAST)))
                            .start();
            if (trace.status() != Status.CONVERGED) {
                throw new IllegalStateException(one + ": " + trace.message());
            }
            answer.add(trace.state().x());
            answer.add(problem.counts);
        }
        return answer.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** Counts what is asked of a problem. */
    private static final class Counted implements EqualityConstrainedProblem {
        private final EqualityConstrainedProblem problem;
        private final double[] counts = new double[COUNTS];

        Counted(EqualityConstrainedProblem problem) {
            this.problem = problem;
        }

        @Override
        public int dimension() {
            return problem.dimension();
        }

        @Override
        public int constraintCount() {
            return problem.constraintCount();
        }

        @Override
        public double value(double[] x) {
            counts[0]++;
            return problem.value(x);
        }

        @Override
        public void gradient(double[] x, double[] gradient) {
            counts[1]++;
            problem.gradient(x, gradient);
        }

        @Override
        public double valueAndGradient(double[] x, double[] gradient) {
            counts[0]++;
            counts[1]++;
            return problem.valueAndGradient(x, gradient);
        }

        @Override
        public void constraints(double[] x, double[] c) {
            problem.constraints(x, c);
        }

        @Override
        public void jacobian(double[] x, DMatrixRMaj jacobian) {
            problem.jacobian(x, jacobian);
        }

        @Override
        public void lagrangianHessian(double[] x, double[] lambda, DMatrixRMaj hessian) {
            counts[2]++;
            problem.lagrangianHessian(x, lambda, hessian);
        }

        @Override
        public double[] start() {
            return problem.start();
        }
    }

    /**
     * The answer is, for each problem, the point and the three counts. The largest norm of
     * constraints and gradient of the Lagrangian together, with the best multipliers of the point.
     */
    @Override
    double measure(Inputs in, double[] answer) {
        double worst = 0;
        int at = 0;
        for (var one : set) {
            int n = one.problem().dimension();
            double residual = residual(one.problem(), Arrays.copyOfRange(answer, at, at + n));
            worst = Math.max(worst, residual); // keeps a NaN
            at += n + COUNTS;
        }
        return worst;
    }

    private static double residual(EqualityConstrainedProblem problem, double[] x) {
        int n = problem.dimension();
        int m = problem.constraintCount();
        var gradient = new DMatrixRMaj(n, 1);
        var c = new double[m];
        var jacobian = new DMatrixRMaj(m, n);
        problem.gradient(x, gradient.data);
        problem.constraints(x, c);
        problem.jacobian(x, jacobian);
        var normals = CommonOps_DDRM.transpose(jacobian, null);
        var inverse = new DMatrixRMaj(m, n);
        CommonOps_DDRM.pinv(normals, inverse);
        var multipliers = new DMatrixRMaj(m, 1);
        CommonOps_DDRM.mult(inverse, gradient, multipliers);
        CommonOps_DDRM.multAdd(-1, normals, multipliers, gradient);
        double square = 0;
        for (double entry : gradient.data) {
            square += entry * entry;
        }
        for (double entry : c) {
            square += entry * entry;
        }
        return Math.sqrt(square);
    }

    @Override
    Map<String, double[]> tally(double[] answer) {
        var tally = new LinkedHashMap<String, double[]>();
        var all = new double[COUNTS];
        int at = 0;
        for (var one : set) {
            at += one.problem().dimension();
            tally.put(one.name(), Arrays.copyOfRange(answer, at, at + COUNTS));
            for (int k = 0; k < COUNTS; k++) {
                all[k] += answer[at + k];
            }
            at += COUNTS;
        }
        tally.put("all", all);
        return tally;
    }

    @Override
    String tallied() {
        return "Evaluations of values / gradients / Hessians";
    }

    @Override
    double tolerance() {
        return ERROR;
    }
}
