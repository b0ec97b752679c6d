package org.konvergo.notebook.display;

import org.konvergo.method.Trace;
import org.konvergo.notebook.Tables;

/** Apart from {@link Renderers}, so that those load where the solvers are not. */
final class TraceRenderer {
    private TraceRenderer() {}

    static void register() {
        Renderers.register(Trace.class, trace -> TableRenderer.render(Tables.of(trace)));
    }
}
