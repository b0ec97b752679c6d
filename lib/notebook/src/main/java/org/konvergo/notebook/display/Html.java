package org.konvergo.notebook.display;

/** Text made safe for HTML. */
public final class Html {
    private Html() {}

    /**
     * Escapes text for use in an element or a quoted attribute.
     *
     * @param text any text; null becomes empty
     * @return the text with its special characters as entities
     */
    public static String escape(String text) {
        if (text == null) {
            return "";
        }
        var html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                // Front ends may read a dollar sign in HTML as the beginning of a formula.
                case '$' -> html.append("&#36;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
