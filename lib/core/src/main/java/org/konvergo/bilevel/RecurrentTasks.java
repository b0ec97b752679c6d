package org.konvergo.bilevel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.problem.BilevelObjective;
import org.konvergo.problem.BilevelProblem;
import org.konvergo.problem.ElmanNetwork;
import org.konvergo.problem.Smooth;
import org.konvergo.random.RandomStream;

/**
 * A recurrent representation shared by many small tasks. A task is a regression on sequences s of
 * +1 and -1: the target is the product of the last entry and the one l - 1 before it, with a lag l
 * of the task's own in 2..6. The upper variable x is an {@link ElmanNetwork}, the lower variable y
 * holds a linear head for each task, a ridge regression on the last hidden states H of its support
 * sequences,
 *
 * <p>g(x, y) = sum over tasks of |H y_t - b_t|^2 / (2 n) + ridge |y_t|^2 / 2,
 *
 * <p>and f is the mean over tasks of |H y_t - b_t|^2 / (2 n) on other sequences, the queries.
 *
 * <p>An object keeps the states of the last x, so give each thread its own.
 */
public final class RecurrentTasks {
    private static final int LEAST_LAG = 2;
    private static final int LARGEST_LAG = 6;

    private final ElmanNetwork network;
    private final int[] lags;
    private final int samples;
    private final Level upper;
    private final Level lower;

    private record Batch(List<DMatrixRMaj> sequences, double[] targets) {}

    private RecurrentTasks(
            ElmanNetwork network,
            int[] lags,
            int samples,
            Batch support,
            Batch query,
            double ridge) {
        this.network = network;
        this.lags = lags;
        this.samples = samples;
        lower = new Level(support, 1, ridge);
        upper = new Level(query, 1.0 / lags.length, 0);
    }

    /**
     * Random tasks.
     *
     * @param tasks how many, at least 1
     * @param samples support and query sequences of a task each, at least 1
     * @param length of a sequence, at least 6
     * @param hidden units of the network, at least 1
     * @param ridge positive; strong convexity of g
     * @param random where lags and sequences are drawn from
     * @return the tasks
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static RecurrentTasks draw(
            int tasks, int samples, int length, int hidden, double ridge, RandomStream random) {
        Require.atLeast("tasks", tasks, 1);
        Require.atLeast("samples", samples, 1);
        Require.atLeast("length", length, LARGEST_LAG);
        var network = new ElmanNetwork(1, hidden);
        Require.positive("ridge", ridge);
        Require.notNull("random", random);
        var lags = new int[tasks];
        Arrays.setAll(lags, t -> LEAST_LAG + random.integer(LARGEST_LAG - LEAST_LAG + 1));
        var support = draw(lags, samples, length, random);
        var query = draw(lags, samples, length, random);
        return new RecurrentTasks(network, lags, samples, support, query, ridge);
    }

    /** Sequences of all tasks, one task after the other. */
    private static Batch draw(int[] lags, int samples, int length, RandomStream random) {
        int count = lags.length * samples;
        var sequences = Stream.generate(() -> new DMatrixRMaj(1, count)).limit(length).toList();
        var targets = new double[count];
        for (int c = 0; c < count; c++) {
            for (var s : sequences) {
                s.data[c] = random.bernoulli(0.5) ? 1 : -1;
            }
            int lag = lags[c / samples];
            targets[c] = sequences.get(length - lag).data[c] * sequences.get(length - 1).data[c];
        }
        return new Batch(sequences, targets);
    }

    /**
     * The network whose parameters are the upper variable.
     *
     * @return with one input
     */
    public ElmanNetwork network() {
        return network;
    }

    /**
     * The lag of each task.
     *
     * @return a new array, each in 2..6
     */
    public int[] lags() {
        return lags.clone();
    }

    /**
     * The problem.
     *
     * @return with f the upper and g the lower objective
     */
    public BilevelProblem problem() {
        return BilevelProblem.of(upper, lower);
    }

    /**
     * The lower solution.
     *
     * @param x parameters of the network
     * @return the heads, one task after the other
     * @throws IllegalArgumentException if the length differs
     */
    public double[] heads(double[] x) {
        Require.length("x", x, network.dimension());
        var h = lower.states(x).last();
        return solve(h, lower.project(h, lower.batch.targets));
    }

    /**
     * The query loss of each task with its best head.
     *
     * @param x parameters of the network
     * @return |H y_t - b_t|^2 / (2 n) of each task; 1/2 is that of predicting zero
     * @throws IllegalArgumentException if the length differs
     */
    public double[] losses(double[] x) {
        double[] r = upper.residuals(x, heads(x));
        return IntStream.range(0, lags.length)
                .mapToDouble(t -> Kernels.dot(r, t * samples, r, t * samples, samples))
                .map(square -> square / (2 * samples))
                .toArray();
    }

    /**
     * The hyper-objective: the query loss with the best heads.
     *
     * @return with its gradient by the implicit function theorem
     */
    public Smooth hyperObjective() {
        return new Smooth() {
            @Override
            public int dimension() {
                return network.dimension();
            }

            @Override
            public double value(double[] x) {
                return upper.value(x, heads(x));
            }

            @Override
            public void gradient(double[] x, double[] gradient) {
                double[] y = heads(x);
                var byY = new double[y.length];
                upper.gradientY(x, y, byY);
                Kernels.scale(samples, byY);
                double[] z = solve(lower.states(x).last(), byY);
                var mixed = new double[gradient.length];
                lower.hessianXY(x, y, z, mixed);
                upper.gradientX(x, y, gradient);
                Kernels.axpy(-1, mixed, gradient);
            }
        };
    }

    /** Solves (H_t H_t' + samples ridge I) u_t = b_t for each task. */
    private double[] solve(DMatrixRMaj h, double[] b) {
        int size = h.numRows;
        var u = new double[b.length];
        var gram = new DMatrixRMaj(size, size);
        var part = new DMatrixRMaj(size, 1);
        var solver = LinearSolverFactory_DDRM.chol(size);
        for (int t = 0; t < lags.length; t++) {
            for (int k = 0; k < size * size; k++) {
                int from = k / size * h.numCols + t * samples;
                int other = k % size * h.numCols + t * samples;
                gram.data[k] = Kernels.dot(h.data, from, h.data, other, samples);
            }
            for (int i = 0; i < size; i++) {
                gram.data[i * size + i] += samples * lower.ridge;
            }
            Require.that(solver.setA(gram), "x", "finite", "such that the ridge system is not");
            solver.solve(new DMatrixRMaj(size, 1, true, copy(b, t, size)), part);
            System.arraycopy(part.data, 0, u, t * size, size);
        }
        return u;
    }

    private static double[] copy(double[] b, int t, int size) {
        return Arrays.copyOfRange(b, t * size, (t + 1) * size);
    }

    /** scale times the squared losses of a batch, and a ridge. */
    private final class Level implements BilevelObjective {
        private final Batch batch;
        private final double scale;
        private final double ridge;
        private volatile Kept kept;

        private record Kept(double[] x, ElmanNetwork.States states) {}

        Level(Batch batch, double scale, double ridge) {
            this.batch = batch;
            this.scale = scale;
            this.ridge = ridge;
        }

        private ElmanNetwork.States states(double[] x) {
            var last = kept;
            if (last == null || !Arrays.equals(last.x, x)) {
                last = new Kept(x.clone(), network.run(x, batch.sequences));
                kept = last;
            }
            return last.states;
        }

        /** H_t' v_t of each task, one after the other. */
        private double[] predict(DMatrixRMaj h, double[] v) {
            var p = new double[h.numCols];
            for (int k = 0; k < v.length; k++) {
                int from = k / h.numRows * samples;
                Kernels.axpy(v[k], h.data, k % h.numRows * h.numCols + from, p, from, samples);
            }
            return p;
        }

        /** H_t r_t of each task. */
        private double[] project(DMatrixRMaj h, double[] r) {
            var out = new double[dimensionY()];
            for (int k = 0; k < out.length; k++) {
                int from = k / h.numRows * samples;
                int row = k % h.numRows * h.numCols + from;
                out[k] = Kernels.dot(h.data, row, r, from, samples);
            }
            return out;
        }

        /** Adds the outer products v_t r_t' to a matrix of the shape of H. */
        private void spread(double[] v, double[] r, DMatrixRMaj out) {
            for (int k = 0; k < v.length; k++) {
                int from = k / out.numRows * samples;
                int row = k % out.numRows * out.numCols + from;
                Kernels.axpy(v[k] * scale / samples, r, from, out.data, row, samples);
            }
        }

        private double[] residuals(double[] x, double[] y) {
            double[] r = predict(states(x).last(), y);
            Kernels.axpy(-1, batch.targets, r);
            return r;
        }

        @Override
        public int dimensionX() {
            return network.dimension();
        }

        @Override
        public int dimensionY() {
            return lags.length * network.hidden();
        }

        @Override
        public double value(double[] x, double[] y) {
            double[] r = residuals(x, y);
            return scale * Kernels.dot(r, r) / (2 * samples) + ridge * Kernels.dot(y, y) / 2;
        }

        @Override
        public void gradientX(double[] x, double[] y, double[] gradient) {
            var states = states(x);
            var byLast = new DMatrixRMaj(network.hidden(), batch.targets.length);
            spread(y, residuals(x, y), byLast);
            network.backward(x, states, byLast, gradient);
        }

        @Override
        public void gradientY(double[] x, double[] y, double[] gradient) {
            double[] out = project(states(x).last(), residuals(x, y));
            System.arraycopy(out, 0, gradient, 0, out.length);
            Kernels.axpby(ridge, y, scale / samples, gradient);
        }

        @Override
        public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
            var h = states(x).last();
            double[] out = project(h, predict(h, v));
            System.arraycopy(out, 0, product, 0, out.length);
            Kernels.axpby(ridge, v, scale / samples, product);
        }

        @Override
        public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
            var states = states(x);
            var byLast = new DMatrixRMaj(network.hidden(), batch.targets.length);
            spread(v, residuals(x, y), byLast);
            spread(y, predict(states.last(), v), byLast);
            network.backward(x, states, byLast, product);
        }
    }
}
