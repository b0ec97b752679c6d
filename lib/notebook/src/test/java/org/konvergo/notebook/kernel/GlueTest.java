package org.konvergo.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.konvergo.notebook.ChartRow;
import org.konvergo.notebook.Charts;
import org.konvergo.notebook.Series;
import org.konvergo.notebook.Tables;
import org.konvergo.notebook.display.Displays;
import org.konvergo.notebook.display.MimeBundle;

class GlueTest {
    private static final Object TABLE = Tables.of("t", "a", 1);
    private static final Object CHART = Charts.lines("c", "x", "y", Series.of("s", 1, 2));
    private static final Object ROW =
            new ChartRow(List.of(Charts.lines("c", "x", "y", Series.of("s", 1, 2))));

    @AfterEach
    void plainDisplay() {
        Displays.install(null);
    }

    @Test
    void iJavaRendersTheValueOfACell() {
        var kernel = new OldKernel();
        IJavaGlue.install(kernel);
        var mime = io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML;
        var png = io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.IMAGE_PNG;
        var renderer = kernel.getRenderer();
        assertTrue(renderer.render(TABLE).getData(mime).toString().contains("<table>"));
        assertNotNull(renderer.render(CHART).getData(png));
        assertNotNull(renderer.render(ROW).getData(png));
        assertFalse(renderer.render("text").hasDataForType(mime));
        Displays.show(TABLE); // between cells: swallowed
    }

    @Test
    void jJavaRendersTheValueOfACell() {
        var kernel = new NewKernel();
        var extension = new JJavaGlue();
        extension.install(kernel);
        var mime = org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML;
        var png = org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.IMAGE_PNG;
        var renderer = kernel.getRenderer();
        assertTrue(renderer.render(TABLE).getData(mime).toString().contains("<table>"));
        assertNotNull(renderer.render(CHART).getData(png));
        assertNotNull(renderer.render(ROW).getData(png));
        Displays.show(TABLE);
        extension.uninstall(kernel);
    }

    @Test
    void jJavaFindsTheGlue() {
        assertTrue(
                ServiceLoader.load(Extension.class).stream()
                        .anyMatch(provider -> provider.type() == JJavaGlue.class));
    }

    @Test
    void shownAndUpdatedBundlesCarryTheirName() {
        var old = new OldStream();
        var display = new IJavaGlue.Stream(old);
        display.show(MimeBundle.text("a"), null);
        display.show(MimeBundle.text("b"), "id");
        display.update(MimeBundle.text("c"), "id");
        assertEquals(List.of("show null", "show id", "update id"), old.log);
        var current = new NewStream();
        var other = new JJavaGlue.Stream(current);
        other.show(MimeBundle.text("a"), null);
        other.show(MimeBundle.text("b"), "id");
        other.update(MimeBundle.text("c"), "id");
        assertEquals(old.log, current.log);
    }

    @Test
    void withoutIJavaItSaysSo() {
        assertThrows(IllegalStateException.class, IJavaGlue::install);
        assertThrows(IllegalStateException.class, () -> IJavaGlue.install(null));
    }

    private static final class OldStream
            extends io.github.spencerpark.jupyter.kernel.DisplayStream {
        private final List<String> log = new ArrayList<>();

        @Override
        public void display(io.github.spencerpark.jupyter.kernel.display.DisplayData data) {
            log.add("show " + (data.hasDisplayId() ? data.getDisplayId() : null));
        }

        @Override
        public void updateDisplay(io.github.spencerpark.jupyter.kernel.display.DisplayData data) {
            log.add("update " + data.getDisplayId());
        }
    }

    private static final class NewStream extends org.dflib.jjava.jupyter.kernel.DisplayStream {
        private final List<String> log = new ArrayList<>();

        @Override
        public void display(org.dflib.jjava.jupyter.kernel.display.DisplayData data) {
            log.add("show " + (data.hasDisplayId() ? data.getDisplayId() : null));
        }

        @Override
        public void updateDisplay(org.dflib.jjava.jupyter.kernel.display.DisplayData data) {
            log.add("update " + data.getDisplayId());
        }
    }

    private static final class OldKernel extends io.github.spencerpark.jupyter.kernel.BaseKernel {
        @Override
        public io.github.spencerpark.jupyter.kernel.display.DisplayData eval(String code) {
            return null;
        }

        @Override
        public io.github.spencerpark.jupyter.kernel.LanguageInfo getLanguageInfo() {
            return new io.github.spencerpark.jupyter.kernel.LanguageInfo.Builder("java").build();
        }
    }

    private static final class NewKernel extends org.dflib.jjava.jupyter.kernel.BaseKernel {
        NewKernel() {
            super(
                    "test",
                    "0",
                    new org.dflib.jjava.jupyter.kernel.LanguageInfo.Builder("java").build(),
                    List.of(),
                    null,
                    new org.dflib.jjava.jupyter.kernel.JupyterIO(StandardCharsets.UTF_8),
                    new org.dflib.jjava.jupyter.kernel.comm.CommManager(),
                    new org.dflib.jjava.jupyter.kernel.display.Renderer(),
                    null,
                    null,
                    false,
                    new org.dflib.jjava.jupyter.kernel.util.StringStyler.Builder().build());
        }

        @Override
        public Object evalRaw(String code) {
            return null;
        }

        @Override
        public org.dflib.jjava.jupyter.kernel.display.DisplayData inspect(
                String code, int at, boolean extra) {
            return null;
        }

        @Override
        public org.dflib.jjava.jupyter.kernel.ReplacementOptions complete(String code, int at) {
            return null;
        }

        @Override
        public String isComplete(String code) {
            return IS_COMPLETE_YES;
        }
    }
}
