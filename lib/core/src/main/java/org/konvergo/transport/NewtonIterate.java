package org.konvergo.transport;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.BacktrackingLineSearch;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;

/** An iterate of a method that sweeps first and takes Newton steps on the dual then. */
public final class NewtonIterate implements DualIterate {
    // A step is halved until f(z + a d) >= f(z) + 1e-4 a f'd - 1e-16.
    private static final BacktrackingLineSearch LINE_SEARCH =
            new BacktrackingLineSearch(1, 0.5, 1e-4, 1e-16, 200);

    private final EntropicTransportDual dual;
    private StabilizedSinkhorn.State sweeping;
    private int sweeps;
    private int newtonSteps;
    private int linearSteps;
    private double stepLength = 1;
    private Point point;

    /** A point with what the next step needs of it. */
    private record Point(double[] z, DMatrixRMaj plan, double[] sums, double value) {}

    NewtonIterate(EntropicTransportDual dual) {
        this.dual = dual;
        sweeping = new StabilizedSinkhorn(dual).start();
    }

    /** One sweep of stage 1. */
    NewtonIterate sweep(OracleCounter calls) {
        sweeping = new StabilizedSinkhorn(dual).step(sweeping, calls);
        sweeps++;
        return this;
    }

    /** Enters stage 2, once. */
    void leaveSweeping() {
        if (point == null) {
            point = at(sweeping.potentials());
            sweeping = null;
        }
    }

    /** Gradient of f, in stage 2; without the part along (1, -1), which is rounding. */
    double[] gradient() {
        double[] gradient = dual.gradientOf(point.sums);
        centre(gradient);
        return gradient;
    }

    /** The plan's row and column sums, in stage 2. */
    double[] sums() {
        return point.sums;
    }

    /** Moves along a direction as far as the line search allows. */
    NewtonIterate ascend(double[] gradient, double[] direction, int cgSteps, OracleCounter calls) {
        centre(direction);
        double slope = Kernels.dot(gradient, direction);
        var trial = new Point[1];
        var found =
                LINE_SEARCH.search(
                        a -> {
                            var z = point.z.clone();
                            Kernels.axpy(a, direction, z);
                            trial[0] = at(z);
                            return -trial[0].value;
                        },
                        -point.value,
                        -slope);
        calls.add(Oracle.GRADIENT, 1);
        calls.add(Oracle.VALUE, found.trials());
        if (found.accepted()) {
            point = trial[0];
        }
        stepLength = found.step();
        linearSteps = cgSteps;
        newtonSteps++;
        return this;
    }

    /**
     * Takes the part along (1, -1) away: f and P do not see it, but sums x + y lose digits to it.
     */
    private void centre(double[] direction) {
        int n = dual.rows();
        double shift = 0;
        for (int i = 0; i < direction.length; i++) {
            shift += i < n ? direction[i] : -direction[i];
        }
        shift /= direction.length;
        for (int i = 0; i < direction.length; i++) {
            direction[i] -= i < n ? shift : -shift;
        }
    }

    private Point at(double[] z) {
        var plan = new DMatrixRMaj(dual.rows(), dual.cols());
        double[] sums = dual.fill(plan, z);
        return new Point(z, plan, sums, dual.value(z, sums));
    }

    @Override
    public double[] potentials() {
        return point == null ? sweeping.potentials() : point.z.clone();
    }

    @Override
    public double error() {
        return point == null ? sweeping.error() : Kernels.norm1(dual.gradientOf(point.sums));
    }

    /**
     * The plan of this iterate.
     *
     * @return n x m; do not change it
     */
    public DMatrixRMaj plan() {
        return point == null ? dual.plan(potentials()) : point.plan;
    }

    /**
     * Sweeps done.
     *
     * @return at least 0
     */
    public int sweeps() {
        return sweeps;
    }

    /**
     * Newton steps done.
     *
     * @return at least 0
     */
    public int newtonSteps() {
        return newtonSteps;
    }

    /**
     * Steps of conjugate gradients in the last Newton step.
     *
     * @return at least 0; 0 before the first, and where the system was factored
     */
    public int linearSteps() {
        return linearSteps;
    }

    /**
     * Length of the last Newton step that the line search accepted.
     *
     * @return in [0, 1]; 0 if the search failed and the iterate stayed, 1 before the first
     */
    public double stepLength() {
        return stepLength;
    }
}
