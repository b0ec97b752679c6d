package org.konvergo.control;

import org.ejml.data.DMatrixRMaj;
import org.konvergo.dynamics.VectorField;

/**
 * Growth in one season: an autonomous field G on non-negative vectors with G(0) = 0 that is
 * cooperative (no component is harmed by more of another: d G_i / d x_j &gt;= 0 for i != j) and
 * concave.
 */
public interface CooperativeField extends VectorField {
    /**
     * The Jacobian at 0, whose entries off the diagonal are non-negative.
     *
     * @return a new matrix, n x n
     */
    DMatrixRMaj linearization();

    /**
     * Whether the field is its own linearization.
     *
     * @return true if G(x) = G'(0) x for all x
     */
    boolean linear();
}
