package org.konvergo.control;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.ChebyshevLobattoGrid;

/**
 * The primal-dual system in Birkhoff form: the derivative is interpolated and integrated, X = 1 x_a
 * + B^a V and Lambda = 1 lambda_b + B^b Omega. Every diagonal block of the Jacobian is an identity,
 * except the block U, which is h H_uu. The rows X, LAMBDA, XB and LAMBDA_A hold no data of the
 * problem, and their Gershgorin discs lie in |mu - 1| &lt;= 3.
 *
 * <p>Source: Ross, arXiv 2511.13963, 2025.
 */
public final class BirkhoffPrimalDualSystem extends PrimalDualSystem {
    /** Blocks of rows that hold no data of the problem, only of the grid. */
    public static final Set<Block> DATA_FREE =
            Collections.unmodifiableSet(
                    EnumSet.of(Block.X, Block.LAMBDA, Block.XB, Block.LAMBDA_A));

    /**
     * A system.
     *
     * @param problem what is solved
     * @param intervals number of intervals N of the grid, at least 2
     * @throws IllegalArgumentException if N is below 2 or the problem's sizes are invalid
     */
    public BirkhoffPrimalDualSystem(OptimalControlProblem problem, int intervals) {
        this(problem, new ChebyshevLobattoGrid(intervals));
    }

    private BirkhoffPrimalDualSystem(OptimalControlProblem problem, ChebyshevLobattoGrid grid) {
        super(
                problem,
                grid,
                tie(new BirkhoffMatrix(grid, BirkhoffMatrix.Side.A)),
                tie(new BirkhoffMatrix(grid, BirkhoffMatrix.Side.B)));
    }

    private static Tie tie(BirkhoffMatrix b) {
        DMatrixRMaj dense = b.toMatrix();
        var ones = new double[dense.numRows];
        Arrays.fill(ones, 1);
        return new Tie(CommonOps_DDRM.identity(dense.numRows), dense, ones);
    }
}
