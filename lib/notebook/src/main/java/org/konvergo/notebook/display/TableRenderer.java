package org.konvergo.notebook.display;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables as HTML and as aligned text. Alignment is given twice, as attribute and as style: some
 * sites keep only the one, some only the other. No colours, so that the page's own hold.
 */
final class TableRenderer {
    private static final int SHOWN = 20;

    private TableRenderer() {}

    static MimeBundle render(Table table) {
        Figures.note(table);
        var columns = table.columns();
        int rows = Math.min(SHOWN, table.rowCount());
        var header = new ArrayList<String>();
        var right = new boolean[columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            header.add(columns.get(j).name());
            right[j] = columns.get(j) instanceof NumericColumn;
        }
        var cells = new ArrayList<List<String>>();
        for (int i = 0; i < rows; i++) {
            var row = new ArrayList<String>();
            for (var column : columns) {
                row.add(cell(column, i));
            }
            cells.add(row);
        }
        int more = table.rowCount() - rows;
        String rest = more == 0 ? "" : "... " + more + " more rows of " + table.rowCount();
        String name = table.name() == null ? "" : table.name();
        return MimeBundle.html(
                html(name, header, right, cells, rest), text(name, header, right, cells, rest));
    }

    private static String cell(Column<?> column, int row) {
        if (column instanceof DoubleColumn || column instanceof FloatColumn) {
            // NaN, which Tablesaw takes for missing, is shown: it may be a result.
            return Numbers.format(((NumericColumn<?>) column).getDouble(row));
        }
        if (column instanceof NumericColumn) {
            return column.isMissing(row) ? "" : column.get(row).toString();
        }
        return column.isMissing(row) ? "" : column.getString(row);
    }

    static String html(
            String caption,
            List<String> header,
            boolean[] right,
            List<List<String>> cells,
            String rest) {
        var html = new StringBuilder("<table>\n");
        if (!caption.isEmpty()) {
            html.append("<caption>").append(Html.escape(caption)).append("</caption>\n");
        }
        html.append("<thead><tr>");
        for (int j = 0; j < right.length; j++) {
            html.append("<th scope=\"col\"").append(align(right[j]));
            html.append(Html.escape(header.get(j))).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (var row : cells) {
            html.append("<tr>");
            for (int j = 0; j < right.length; j++) {
                html.append("<td").append(align(right[j]));
                html.append(Html.escape(row.get(j))).append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n");
        if (!rest.isEmpty()) {
            html.append("<tfoot><tr><td colspan=\"").append(right.length).append('"');
            html.append(align(false)).append(Html.escape(rest)).append("</td></tr></tfoot>\n");
        }
        return html.append("</table>").toString();
    }

    private static String align(boolean right) {
        return right
                ? " align=\"right\" style=\"text-align: right\">"
                : " align=\"left\" style=\"text-align: left\">";
    }

    static String text(
            String caption,
            List<String> header,
            boolean[] right,
            List<List<String>> cells,
            String rest) {
        var widths = new int[right.length];
        for (int j = 0; j < widths.length; j++) {
            widths[j] = header.get(j).length();
            for (var row : cells) {
                widths[j] = Math.max(widths[j], row.get(j).length());
            }
        }
        var lines = new ArrayList<String>();
        if (!caption.isEmpty()) {
            lines.add(caption);
        }
        lines.add(line(header, widths, right));
        for (var row : cells) {
            lines.add(line(row, widths, right));
        }
        if (!rest.isEmpty()) {
            lines.add(rest);
        }
        return String.join("\n", lines);
    }

    private static String line(List<String> row, int[] widths, boolean[] right) {
        var line = new StringBuilder();
        for (int j = 0; j < widths.length; j++) {
            String pad = " ".repeat(widths[j] - row.get(j).length());
            line.append(j == 0 ? "" : "  ");
            line.append(right[j] ? pad + row.get(j) : row.get(j) + pad);
        }
        return line.toString().stripTrailing();
    }
}
