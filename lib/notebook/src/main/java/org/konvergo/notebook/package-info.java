/**
 * What a notebook sees. Its third cell reads
 *
 * <pre>{@code
 * import org.konvergo.notebook.*;
 * import static org.konvergo.notebook.Notebook.*;
 *
 * var paper = paper("fedprox");
 * }</pre>
 *
 * <p>A cell that ends in a Tablesaw table, an XChart chart, a {@link org.konvergo.method.Trace} or
 * the paper's claims shows it; {@link org.konvergo.notebook.Notebook#show} shows one in the middle
 * of a cell. {@link org.konvergo.notebook.Charts} and {@link org.konvergo.notebook.Tables} make
 * them, {@link org.konvergo.notebook.Progress} shows that long work goes on, {@link
 * org.konvergo.notebook.Datasets} loads data, and {@link org.konvergo.notebook.Paper#claim} decides
 * whether what the paper says was found.
 */
package org.konvergo.notebook;
