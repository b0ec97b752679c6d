package org.konvergo.bench;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.control.BirkhoffPrimalDualSystem;
import org.konvergo.control.LinearQuadraticProblem;

/** The double integrator of the notebook on Birkhoff's theory: its problem and its Jacobian. */
final class Birkhoff {
    private static final double CONTROL_WEIGHT = 10;
    private static final double FINAL_TIME = 4;

    private Birkhoff() {}

    /** What a peer needs to know; weights of the state are identities. */
    static Inputs inputs(int intervals) {
        return new Inputs()
                .with("a", new DMatrixRMaj(new double[][] {{0, 1}, {0, 0}}))
                .with("b", new DMatrixRMaj(new double[][] {{0}, {1}}))
                .with("controlWeight", CONTROL_WEIGHT)
                .with("finalTime", FINAL_TIME)
                .with("intervals", intervals);
    }

    static LinearQuadraticProblem problem(Inputs in) {
        return LinearQuadraticProblem.withControlWeight(
                in.matrix("a"),
                in.matrix("b"),
                in.number("controlWeight"),
                in.number("finalTime"),
                1,
                0);
    }

    static DMatrixRMaj jacobian(LinearQuadraticProblem problem, int intervals) {
        var system = new BirkhoffPrimalDualSystem(problem, intervals);
        return system.jacobian(new double[system.dimension()]);
    }
}
