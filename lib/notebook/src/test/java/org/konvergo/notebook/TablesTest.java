package org.konvergo.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.konvergo.method.GradientDescent;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.Quadratic;
import tech.tablesaw.api.ColumnType;

class TablesTest {
    @Test
    void takesEveryKindOfColumn() {
        var table =
                Tables.of(
                        "t",
                        "double",
                        new double[] {0.5},
                        "int",
                        new int[] {1},
                        "long",
                        new long[] {1L},
                        "boolean",
                        new boolean[] {true},
                        "string",
                        new String[] {"a"},
                        "list",
                        List.of(1.5),
                        "value",
                        7,
                        "mixed",
                        List.of(1, 2.5).subList(1, 2),
                        "verdict",
                        Verdict.PARTLY);
        assertEquals("t", table.name());
        assertEquals(1, table.rowCount());
        assertEquals(
                List.of(
                        ColumnType.DOUBLE,
                        ColumnType.INTEGER,
                        ColumnType.LONG,
                        ColumnType.BOOLEAN,
                        ColumnType.STRING,
                        ColumnType.DOUBLE,
                        ColumnType.INTEGER,
                        ColumnType.DOUBLE,
                        ColumnType.STRING),
                table.types());
    }

    @Test
    void traceHasCalledOraclesAndMeasures() {
        var problem = new Quadratic(new DMatrixRMaj(new double[][] {{1}}), new double[1]);
        var trace =
                Run.of(new GradientDescent(problem, 0.5, new double[] {4}))
                        .measure("distance", x -> Math.abs(x[0]))
                        .stop(Stop.iterations(3))
                        .start();
        assertEquals(List.of("iteration", "gradients", "distance"), Tables.of(trace).columnNames());
        assertTrue(Tables.timed(trace).columnNames().contains("seconds"));
        assertEquals(4, Tables.of(trace).rowCount());
    }

    @Test
    void refusesWhatIsNoTable() {
        Rejects.bad(() -> Tables.of(null, "a", 1), "name");
        Rejects.bad(() -> Tables.of("t"), "columns", "0 arguments");
        Rejects.bad(() -> Tables.of("t", "a"), "columns", "1 arguments");
        Rejects.bad(() -> Tables.of("t", 1, 2), "name of column 0", "text");
        Rejects.bad(() -> Tables.of("t", "a", 1, "a", 2), "column 1", "new");
        Rejects.bad(() -> Tables.of("t", "a", new int[2], "b", new int[3]), "b", "2", "3");
        Rejects.bad(() -> Tables.of("t", "a", new Object()), "values of column a", "Object");
        Rejects.bad(() -> Tables.of("t", "a", null), "values of column a", "null");
    }
}
