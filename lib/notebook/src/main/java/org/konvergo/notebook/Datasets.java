package org.konvergo.notebook;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Data sets by name. */
public final class Datasets {
    private static final Map<String, String> USED = new ConcurrentSkipListMap<>();

    private Datasets() {}

    static Map<String, String> used() {
        return USED;
    }
}
