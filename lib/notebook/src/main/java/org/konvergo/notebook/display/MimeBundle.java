package org.konvergo.notebook.display;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value in several forms; the front end shows the richest it knows.
 *
 * @param data content by MIME type; images in Base64
 * @param metadata what the front end should know of a form, by MIME type, such as an image's width
 */
public record MimeBundle(Map<String, String> data, Map<String, Map<String, Object>> metadata) {
    /** MIME type of plain text. */
    public static final String TEXT = "text/plain";

    /** MIME type of HTML. */
    public static final String HTML = "text/html";

    /** MIME type of PNG images. */
    public static final String PNG = "image/png";

    /**
     * Copies the maps, keeping their order.
     *
     * @param data content by MIME type
     * @param metadata of a form, by MIME type
     * @throws IllegalArgumentException if there is no {@code text/plain}
     */
    public MimeBundle {
        if (data == null || data.get(TEXT) == null) {
            throw new IllegalArgumentException("data should have text/plain, was " + data);
        }
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    /**
     * A bundle of plain text.
     *
     * @param text the text; empty to show nothing
     * @return the bundle
     */
    public static MimeBundle text(String text) {
        return new MimeBundle(Map.of(TEXT, text), Map.of());
    }

    /**
     * A bundle of HTML and the same as plain text.
     *
     * @param html escaped where needed
     * @param text for front ends without HTML
     * @return the bundle
     */
    public static MimeBundle html(String html, String text) {
        var data = new LinkedHashMap<String, String>();
        data.put(HTML, html);
        data.put(TEXT, text);
        return new MimeBundle(data, Map.of());
    }

    /**
     * A bundle of an image and its description.
     *
     * @param png the image file
     * @param width in CSS pixels
     * @param height in CSS pixels
     * @param text what the image shows
     * @return the bundle
     */
    public static MimeBundle png(byte[] png, int width, int height, String text) {
        var data = new LinkedHashMap<String, String>();
        data.put(PNG, Base64.getEncoder().encodeToString(png));
        data.put(TEXT, text);
        return new MimeBundle(data, Map.of(PNG, Map.of("width", width, "height", height)));
    }

    /**
     * The plain text.
     *
     * @return never null
     */
    public String text() {
        return data.get(TEXT);
    }
}
