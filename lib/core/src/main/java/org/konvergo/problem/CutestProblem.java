package org.konvergo.problem;

import java.util.List;
import org.konvergo.problem.FormulaProblem.Formula;

/**
 * Small equality-constrained test problems of the CUTEst collection, by their published formulas.
 *
 * <p>HS: Hock and Schittkowski, Test Examples for Nonlinear Programming Codes, 1981. BT: Boggs and
 * Tolle, A strategy for global convergence in a sequential quadratic programming algorithm, 1989,
 * in the form of CUTEst (BT4 is Toint's variant, whose constraint is quadratic in x_3).
 */
public final class CutestProblem {
    /** Rosenbrock's valley as a constraint: n = 2, m = 1. */
    public static final CutestProblem HS6 =
            new CutestProblem(
                    "HS6",
                    0,
                    start(-1.2, 1),
                    x -> x[0].minus(1).power(2),
                    x -> x[1].minus(x[0].power(2)).times(10));

    /** Logarithm over an oval: n = 2, m = 1. */
    public static final CutestProblem HS7 =
            new CutestProblem(
                    "HS7",
                    -Math.sqrt(3),
                    start(2, 2),
                    x -> x[0].power(2).plus(1).log().minus(x[1]),
                    x -> x[0].power(2).plus(1).power(2).plus(x[1].power(2)).minus(4));

    /** Convex quadratic, linear constraint: n = 3, m = 1. */
    public static final CutestProblem HS28 =
            new CutestProblem(
                    "HS28",
                    0,
                    start(-4, 1, 1),
                    x -> x[0].plus(x[1]).power(2).plus(x[1].plus(x[2]).power(2)),
                    x -> x[0].plus(x[1].times(2)).plus(x[2].times(3)).minus(1));

    /** Linear over two curved constraints, equal to BT9: n = 4, m = 2. */
    public static final CutestProblem HS39 =
            new CutestProblem(
                    "HS39",
                    -1,
                    start(2, 2, 2, 2),
                    x -> x[0].times(-1),
                    x -> x[1].minus(x[0].power(3)).minus(x[2].power(2)),
                    x -> x[0].power(2).minus(x[1]).minus(x[3].power(2)));

    /** Product of four variables: n = 4, m = 3. */
    public static final CutestProblem HS40 =
            new CutestProblem(
                    "HS40",
                    -0.25,
                    start(0.8, 0.8, 0.8, 0.8),
                    x -> x[0].times(x[1]).times(x[2]).times(x[3]).times(-1),
                    x -> x[0].power(3).plus(x[1].power(2)).minus(1),
                    x -> x[0].power(2).times(x[3]).minus(x[2]),
                    x -> x[3].power(2).minus(x[1]));

    /** Distance to a circle and a plane: n = 4, m = 2. */
    public static final CutestProblem HS42 =
            new CutestProblem(
                    "HS42",
                    28 - 10 * Math.sqrt(2),
                    start(1, 1, 1, 1),
                    x -> squaredDistance(x, 1, 2, 3, 4),
                    x -> x[0].minus(2),
                    x -> x[2].power(2).plus(x[3].power(2)).minus(2));

    /** Convex quadratic, two linear constraints: n = 5, m = 2. */
    public static final CutestProblem HS48 =
            new CutestProblem(
                    "HS48",
                    0,
                    start(3, 5, -3, 2, -2),
                    x ->
                            x[0].minus(1)
                                    .power(2)
                                    .plus(x[1].minus(x[2]).power(2))
                                    .plus(x[3].minus(x[4]).power(2)),
                    x -> x[0].plus(x[1]).plus(x[2]).plus(x[3]).plus(x[4]).minus(5),
                    x -> x[2].minus(x[3].plus(x[4]).times(2)).plus(3));

    /** Polynomials of degree up to 6 with a sine, equal to BT6: n = 5, m = 2. */
    public static final CutestProblem HS77 =
            new CutestProblem(
                    "HS77",
                    0.24150513,
                    start(2, 2, 2, 2, 2),
                    x ->
                            x[0].minus(1)
                                    .power(2)
                                    .plus(x[0].minus(x[1]).power(2))
                                    .plus(x[2].minus(1).power(2))
                                    .plus(x[3].minus(1).power(4))
                                    .plus(x[4].minus(1).power(6)),
                    x ->
                            x[0].power(2)
                                    .times(x[3])
                                    .plus(x[3].minus(x[4]).sin())
                                    .minus(2 * Math.sqrt(2)),
                    x -> x[1].plus(x[2].power(4).times(x[3].power(2))).minus(8 + Math.sqrt(2)));

    /** Product of five variables: n = 5, m = 3. */
    public static final CutestProblem HS78 =
            new CutestProblem(
                    "HS78",
                    -2.91970041,
                    start(-2, 1.5, 2, -1, -1),
                    x -> x[0].times(x[1]).times(x[2]).times(x[3]).times(x[4]),
                    x -> squaredDistance(x, 0, 0, 0, 0, 0).minus(10),
                    x -> x[1].times(x[2]).minus(x[3].times(x[4]).times(5)),
                    x -> x[0].power(3).plus(x[1].power(3)).plus(1));

    /** A chain of differences: n = 5, m = 3. */
    public static final CutestProblem HS79 =
            new CutestProblem(
                    "HS79",
                    0.0787768209,
                    start(2, 2, 2, 2, 2),
                    x -> chain(x),
                    x -> x[0].plus(x[1].power(2)).plus(x[2].power(3)).minus(2 + 3 * Math.sqrt(2)),
                    x -> x[1].minus(x[2].power(2)).plus(x[3]).plus(2 - 2 * Math.sqrt(2)),
                    x -> x[0].times(x[4]).minus(2));

    /** Steep off the unit circle: n = 2, m = 1. */
    public static final CutestProblem BT1 =
            new CutestProblem(
                    "BT1",
                    -1,
                    start(0.08, 0.06),
                    x -> squaredDistance(x, 0, 0).minus(1).times(100).minus(x[0]),
                    x -> squaredDistance(x, 0, 0).minus(1));

    /** One curved constraint of degree 4: n = 3, m = 1. */
    public static final CutestProblem BT2 =
            new CutestProblem(
                    "BT2",
                    0.0325682,
                    start(10, 10, 10),
                    x ->
                            x[0].minus(1)
                                    .power(2)
                                    .plus(x[0].minus(x[1]).power(2))
                                    .plus(x[1].minus(x[2]).power(4)),
                    x -> x[1].power(2).plus(1).times(x[0]).plus(x[2].power(4)).minus(8.2426407));

    /** Convex quadratic, three linear constraints: n = 5, m = 3. */
    public static final CutestProblem BT3 =
            new CutestProblem(
                    "BT3",
                    4.09301,
                    start(20, 20, 20, 20, 20),
                    x ->
                            x[0].minus(x[1])
                                    .power(2)
                                    .plus(x[1].plus(x[2]).minus(2).power(2))
                                    .plus(x[3].minus(1).power(2))
                                    .plus(x[4].minus(1).power(2)),
                    x -> x[0].plus(x[1].times(3)),
                    x -> x[2].plus(x[3]).minus(x[4].times(2)),
                    x -> x[1].minus(x[4]));

    /** A cubic over a sphere and a plane: n = 3, m = 2. */
    public static final CutestProblem BT4 =
            new CutestProblem(
                    "BT4",
                    -45.510551,
                    start(4.0382, -2.9470, -0.09115),
                    x -> x[0].minus(x[1]).plus(x[1].power(3)),
                    x -> squaredDistance(x, 0, 0, 0).minus(25),
                    x -> x[0].plus(x[1]).plus(x[2]).minus(1));

    /** A concave quadratic over a sphere and a plane: n = 3, m = 2. */
    public static final CutestProblem BT5 =
            new CutestProblem(
                    "BT5",
                    961.7152,
                    start(2, 2, 2),
                    x ->
                            x[0].power(2)
                                    .plus(x[1].power(2).times(2))
                                    .plus(x[2].power(2))
                                    .plus(x[0].times(x[1]))
                                    .plus(x[0].times(x[2]))
                                    .times(-1)
                                    .plus(1000),
                    x -> squaredDistance(x, 0, 0, 0).minus(25),
                    x -> x[0].times(8).plus(x[1].times(14)).plus(x[2].times(7)).minus(56));

    /** Linear, as many constraints as variables: n = 2, m = 2. */
    public static final CutestProblem BT10 =
            new CutestProblem(
                    "BT10",
                    -1,
                    start(2, 2),
                    x -> x[0].times(-1),
                    x -> x[1].minus(x[0].power(3)),
                    x -> x[1].minus(x[0].power(2)));

    /** A chain of differences: n = 5, m = 3. */
    public static final CutestProblem BT11 =
            new CutestProblem(
                    "BT11",
                    0.824891647,
                    start(2, 2, 2, 2, 2),
                    x -> chain(x),
                    x -> x[0].plus(x[1].power(2)).plus(x[2].power(3)).plus(2 - Math.sqrt(18)),
                    x -> x[1].minus(x[2].power(2)).plus(x[3]).plus(2 - Math.sqrt(8)),
                    x -> x[0].minus(x[4]).minus(2));

    /** A quadratic under three curved constraints: n = 5, m = 3. */
    public static final CutestProblem BT12 =
            new CutestProblem(
                    "BT12",
                    6.18811881,
                    start(15.811, 1.5811, 0, 15.083, 3.7164),
                    x -> x[0].power(2).times(0.01).plus(x[1].power(2)),
                    x -> x[0].plus(x[1]).minus(x[2].power(2)).minus(25),
                    x -> x[0].power(2).plus(x[1].power(2)).minus(x[3].power(2)).minus(25),
                    x -> x[0].minus(x[4].power(2)).minus(2));

    private final String name;
    private final double optimum;
    private final FormulaProblem problem;

    private CutestProblem(
            String name,
            double optimum,
            double[] start,
            Formula objective,
            Formula... constraints) {
        this.name = name;
        this.optimum = optimum;
        problem = new FormulaProblem(start, objective, constraints);
    }

    /**
     * The problem.
     *
     * @return with its usual start
     */
    public EqualityConstrainedProblem problem() {
        return problem;
    }

    /**
     * The least value that the literature knows.
     *
     * @return f at the solution, exact or to the digits printed there
     */
    public double optimum() {
        return optimum;
    }

    /**
     * The whole set.
     *
     * @return HS6 first, BT12 last
     */
    public static List<CutestProblem> all() {
        return List.of(
                HS6, HS7, HS28, HS39, HS40, HS42, HS48, HS77, HS78, HS79, BT1, BT2, BT3, BT4, BT5,
                BT10, BT11, BT12);
    }

    /**
     * The name.
     *
     * @return as in CUTEst
     */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    private static double[] start(double... x) {
        return x;
    }

    private static Jet squaredDistance(Jet[] x, double... centre) {
        Jet sum = x[0].minus(centre[0]).power(2);
        for (int i = 1; i < centre.length; i++) {
            sum = sum.plus(x[i].minus(centre[i]).power(2));
        }
        return sum;
    }

    private static Jet chain(Jet[] x) {
        return x[0].minus(1)
                .power(2)
                .plus(x[0].minus(x[1]).power(2))
                .plus(x[1].minus(x[2]).power(2))
                .plus(x[2].minus(x[3]).power(4))
                .plus(x[3].minus(x[4]).power(4));
    }
}
