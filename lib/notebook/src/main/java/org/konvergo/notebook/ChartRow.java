package org.konvergo.notebook;

import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;
import org.konvergo.notebook.display.Displayable;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.notebook.display.Renderers;

/**
 * Charts side by side in one picture.
 *
 * @param charts from left to right
 */
public record ChartRow(List<Chart<?, ?>> charts) implements Displayable {
    /**
     * Copies the list.
     *
     * @param charts from left to right, at least one
     */
    public ChartRow {
        charts = List.copyOf(charts);
    }

    @Override
    public MimeBundle bundle() {
        return Renderers.row(charts);
    }
}
