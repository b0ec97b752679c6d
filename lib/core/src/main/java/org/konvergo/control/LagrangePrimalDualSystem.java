package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.konvergo.linalg.ChebyshevLobattoGrid;

/**
 * The primal-dual system of the classical (Lagrange) pseudospectral method: the state is
 * interpolated and differentiated, D X = V with the first row replaced by X_0 = x_a, and D Lambda =
 * Omega with the last row replaced by Lambda_N = lambda_b. The entries of D, and with them the
 * condition number, grow like N^2.
 *
 * <p>Source: Fahroo and Ross, Costate estimation by a Legendre pseudospectral method, Journal of
 * Guidance, Control, and Dynamics 24, 2001; on Chebyshev nodes here.
 */
public final class LagrangePrimalDualSystem extends PrimalDualSystem {
    /**
     * A system.
     *
     * @param problem what is solved
     * @param intervals number of intervals N of the grid, at least 2
     * @throws IllegalArgumentException if N is below 2 or the problem's sizes are invalid
     */
    public LagrangePrimalDualSystem(OptimalControlProblem problem, int intervals) {
        this(problem, new ChebyshevLobattoGrid(intervals));
    }

    private LagrangePrimalDualSystem(OptimalControlProblem problem, ChebyshevLobattoGrid grid) {
        super(problem, grid, tie(grid, 0), tie(grid, grid.intervals()));
    }

    private static Tie tie(ChebyshevLobattoGrid grid, int endRow) {
        DMatrixRMaj values = grid.differentiationMatrix();
        DMatrixRMaj derivatives = CommonOps_DDRM.identity(grid.size());
        var end = new double[grid.size()];
        for (int j = 0; j < grid.size(); j++) {
            values.set(endRow, j, j == endRow ? 1 : 0);
        }
        derivatives.set(endRow, endRow, 0);
        end[endRow] = 1;
        return new Tie(values, derivatives, end);
    }
}
