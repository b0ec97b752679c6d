/**
 * Shows values in a Jupyter notebook: tables, charts and everything {@link
 * org.konvergo.notebook.display.Displayable}.
 *
 * <p>Knows no kernel: a kernel's glue installs a {@link org.konvergo.notebook.display.Display} and
 * registers the {@link org.konvergo.notebook.display.Renderers}. Needs nothing but Tablesaw and
 * XChart, so that it serves in any Java notebook.
 */
package org.konvergo.notebook.display;
