package org.konvergo.notebook.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** How values look: one renderer a type, found for its subtypes too. */
public final class Renderers {
    private static final Map<Class<?>, Function<Object, MimeBundle>> BY_TYPE =
            new LinkedHashMap<>();

    static {
        register(Displayable.class, Displayable::bundle);
        register(Table.class, TableRenderer::render);
        register(Chart.class, ChartRenderer::render);
        try {
            TraceRenderer.register();
        } catch (NoClassDefFoundError e) {
            // Used alone, with Tablesaw and XChart but without the solvers: there are no traces.
        }
    }

    private Renderers() {}

    /**
     * Registers a renderer.
     *
     * @param <T> the type
     * @param type the type; replaces its renderer, if it has one
     * @param renderer makes the bundle
     */
    public static synchronized <T> void register(
            Class<T> type, Function<? super T, MimeBundle> renderer) {
        BY_TYPE.put(type, value -> renderer.apply(type.cast(value)));
    }

    /**
     * The types with a renderer.
     *
     * @return in the order in which they are tried
     */
    public static synchronized Set<Class<?>> types() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(BY_TYPE.keySet()));
    }

    /**
     * Renders a value.
     *
     * @param value anything
     * @return its bundle; plain text for a type without renderer
     */
    public static MimeBundle render(Object value) {
        return value instanceof MimeBundle bundle ? bundle : find(value).apply(value);
    }

    /**
     * Renders charts side by side.
     *
     * @param charts from left to right
     * @return one image
     */
    public static MimeBundle row(List<? extends Chart<?, ?>> charts) {
        return ChartRenderer.row(charts);
    }

    private static synchronized Function<Object, MimeBundle> find(Object value) {
        for (var entry : BY_TYPE.entrySet()) {
            if (entry.getKey().isInstance(value)) {
                return entry.getValue();
            }
        }
        return other -> MimeBundle.text(String.valueOf(other));
    }
}
