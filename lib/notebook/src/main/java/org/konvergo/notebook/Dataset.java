package org.konvergo.notebook;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.notebook.display.Displayable;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.notebook.display.Renderers;

/**
 * A data set.
 *
 * @param name as in the catalogue
 * @param features one row a sample
 * @param target one number a sample: its class, from 0, or what is to be predicted
 * @param featureNames one a column
 * @param licence under which it may be used
 * @param source where it comes from
 * @param sha256 of its files, in the catalogue's order
 */
public record Dataset(
        String name,
        DMatrixRMaj features,
        double[] target,
        List<String> featureNames,
        String licence,
        String source,
        List<String> sha256)
        implements Displayable {

    /**
     * Number of samples.
     *
     * @return rows of the features
     */
    public int samples() {
        return features.numRows;
    }

    /**
     * The target as classes.
     *
     * @return one class a sample
     * @throws IllegalStateException if a target is not an integer
     */
    public int[] labels() {
        var labels = new int[target.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) target[i];
            if (labels[i] != target[i]) {
                throw new IllegalStateException(
                        name + " has no classes: target " + i + " is " + target[i]);
            }
        }
        return labels;
    }

    @Override
    public MimeBundle bundle() {
        return Renderers.render(
                Tables.of(
                        name,
                        "samples",
                        samples(),
                        "features",
                        features.numCols,
                        "different targets",
                        (int) Arrays.stream(target).distinct().count(),
                        "licence",
                        licence,
                        "source",
                        source));
    }

    @Override
    public String toString() {
        return name + ": " + samples() + " x " + features.numCols + ", " + licence;
    }
}
