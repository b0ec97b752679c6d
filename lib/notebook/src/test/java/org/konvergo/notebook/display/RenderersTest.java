package org.konvergo.notebook.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.QuickChart;
import org.konvergo.method.GradientDescent;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.problem.Quadratic;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderersTest {
    @Test
    void tableIsAccessibleHtmlAndAlignedText() {
        var table =
                Table.create(
                        "Speed",
                        StringColumn.create("method", "SNS", "Sinkhorn"),
                        IntColumn.create("steps", 37, 3000),
                        DoubleColumn.create("error", 1.23456e-9, 0.5),
                        BooleanColumn.create("done", true, false));
        var bundle = Renderers.render(table);
        assertEquals(
                """
                Speed
                method    steps     error  done
                SNS          37  1.235e-9  true
                Sinkhorn   3000       0.5  false\
                """,
                bundle.text());
        String html = bundle.data().get(MimeBundle.HTML);
        assertTrue(html.contains("<caption>Speed</caption>"));
        assertTrue(html.contains("<th scope=\"col\" align=\"left\""));
        assertTrue(html.contains("<td align=\"right\" style=\"text-align: right\">1.235e-9</td>"));
        assertFalse(html.contains("color"), "the page's colours hold");
    }

    @Test
    void tableEscapesWhatItHolds() {
        var table =
                Table.create(
                        "<script>alert('x')</script>",
                        StringColumn.create("a & b", "<img src=\"x\" onerror='y'>", "$x$"));
        String html = Renderers.render(table).data().get(MimeBundle.HTML);
        assertFalse(html.contains("<script") || html.contains("<img") || html.contains("$"), html);
        assertTrue(html.contains("a &amp; b"));
        assertTrue(html.contains("&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt;"));
    }

    @Property
    void escapedTextHoldsNoMarkup(@ForAll String text) {
        String html = Html.escape(text);
        assertTrue(html.chars().noneMatch(c -> c == '<' || c == '>' || c == '"' || c == '\''));
    }

    @Test
    void tableShowsTwentyRowsAndCountsTheRest() {
        var rows = new int[50];
        var bundle = Renderers.render(Table.create("many", IntColumn.create("n", rows)));
        assertEquals(23, bundle.text().lines().count());
        assertTrue(bundle.text().endsWith("... 30 more rows of 50"));
        assertTrue(bundle.data().get(MimeBundle.HTML).contains("<tfoot>"));
        assertFalse(
                Renderers.render(Table.create("few", IntColumn.create("n", new int[20])))
                        .text()
                        .contains("more"));
    }

    @Test
    void tableShowsMissingCellsAsEmptyAndNaNAsSuch() {
        var strings = StringColumn.create("s", "a");
        strings.appendMissing();
        var numbers = IntColumn.create("n", new int[] {1});
        numbers.appendMissing();
        var table = Table.create("", strings, numbers, DoubleColumn.create("x", 1, Double.NaN));
        assertEquals("s  n    x\na  1    1\n      NaN", Renderers.render(table).text());
        assertFalse(Renderers.render(table).data().get(MimeBundle.HTML).contains("caption"));
    }

    @Test
    void emptyTableRenders() {
        assertEquals("none\n", Renderers.render(Table.create("none")).text());
    }

    @Test
    void chartIsOpaquePngAtTwiceItsSize() throws IOException {
        var chart =
                QuickChart.getChart("T", "x", "y", "s", new double[] {1, 2}, new double[] {1, 2});
        var bundle = Renderers.render(chart);
        var image =
                ImageIO.read(
                        new ByteArrayInputStream(
                                Base64.getDecoder().decode(bundle.data().get(MimeBundle.PNG))));
        assertEquals(2 * chart.getWidth(), image.getWidth());
        assertEquals(2 * chart.getHeight(), image.getHeight());
        assertFalse(image.getColorModel().hasAlpha());
        assertEquals(
                Map.of("width", chart.getWidth(), "height", chart.getHeight()),
                bundle.metadata().get(MimeBundle.PNG));
        assertEquals("Chart: T. Across: x. Up: y. Series: s.", bundle.text());
    }

    @Test
    void traceIsTableWithItsEndAsCaption() {
        var problem =
                new Quadratic(new org.ejml.data.DMatrixRMaj(new double[][] {{1}}), new double[1]);
        var trace =
                Run.of(new GradientDescent(problem, 0.5, new double[] {4}))
                        .measure("distance", x -> Math.abs(x[0]))
                        .stop(Stop.iterations(2))
                        .start();
        String text = Renderers.render(trace).text();
        assertTrue(text.startsWith("EXHAUSTED after 2 iterations"), text);
        assertTrue(text.contains("distance"), text);
        assertFalse(text.contains("seconds"), "times differ from run to run");
    }

    @Test
    void otherValuesAreText() {
        assertEquals("null", Renderers.render(null).text());
        assertEquals("5", Renderers.render(5).text());
        var bundle = MimeBundle.text("as it is");
        assertEquals(bundle, Renderers.render(bundle));
    }

    @Test
    void bundleNeedsPlainText() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new MimeBundle(Map.of(MimeBundle.HTML, "<p>"), Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new MimeBundle(null, null));
    }

    @Test
    void withoutKernelTextGoesToTheStream() {
        var bytes = new ByteArrayOutputStream();
        var display = new PlainDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        display.show(MimeBundle.text("shown"), "id");
        display.update(MimeBundle.text("too soon"), "id");
        display.update(MimeBundle.text(""), "id");
        assertEquals("shown" + System.lineSeparator(), bytes.toString(StandardCharsets.UTF_8));
    }
}
