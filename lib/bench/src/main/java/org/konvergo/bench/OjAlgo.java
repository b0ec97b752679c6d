package org.konvergo.bench;

import org.ejml.data.DMatrixRMaj;
import org.ojalgo.matrix.store.R064Store;

/** To ojAlgo's matrices, which stand column by column, and back. */
final class OjAlgo {
    private OjAlgo() {}

    static R064Store matrix(DMatrixRMaj a) {
        var matrix = R064Store.FACTORY.make(a.numRows, a.numCols);
        for (int i = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++) {
                matrix.set(i, j, a.get(i, j));
            }
        }
        return matrix;
    }

    static double[] rowMajor(R064Store a) {
        int cols = (int) a.countColumns();
        var data = new double[(int) a.count()];
        for (int k = 0; k < data.length; k++) {
            data[k] = a.doubleValue(k / cols, k % cols);
        }
        return data;
    }
}
