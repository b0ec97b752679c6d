package org.konvergo.notebook.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.konvergo.notebook.Charts;
import org.konvergo.notebook.Series;
import org.konvergo.notebook.Tables;

class FiguresTest {
    @Test
    void linesKeepEveryBit() {
        double[] x = {1, 2, 3};
        double[] y = {0.1, Math.nextUp(0.1), 1e-300};
        var figures = Figures.of(Charts.lines("t", "a", "b", new Series("s", x, y)));
        assertTrue(
                figures.keySet()
                        .containsAll(
                                List.of("chart t, series 1 s, across", "chart t, series 1 s, up")),
                figures::toString);
        assertArrayEquals(x, figures.get("chart t, series 1 s, across"));
        assertArrayEquals(y, figures.get("chart t, series 1 s, up"));
    }

    @Test
    void heatMapsKeepTheirCells() {
        var chart =
                Charts.heatMap(
                        "t",
                        "a",
                        "b",
                        new String[] {"x", "y"},
                        new String[] {"u", "v"},
                        new double[][] {{1, 2}, {3, 4.5}});
        var figures = Figures.of(chart);
        assertEquals(1, figures.size());
        double[] cells = figures.values().iterator().next();
        assertEquals(12, cells.length); // column, row and value of each
        assertEquals(4.5, java.util.Arrays.stream(cells).max().orElseThrow());
    }

    @Test
    void tablesKeepTheirNumbers() {
        var figures =
                Figures.of(
                        Tables.of(
                                "t",
                                "name",
                                new String[] {"a", "b"},
                                "value",
                                new double[] {0.1, Double.NaN},
                                "count",
                                new int[] {3, 4}));
        assertEquals(
                List.of("table t, column value", "table t, column count"),
                figures.keySet().stream().toList());
        assertArrayEquals(new double[] {0.1, Double.NaN}, figures.get("table t, column value"));
        assertArrayEquals(new double[] {3, 4}, figures.get("table t, column count"));
    }
}
