package org.konvergo.notebook;

import java.util.Locale;
import org.konvergo.Require;

/** How much a notebook computes. */
public enum Profile {
    /** Seconds; what readers see first. */
    QUICK,
    /** Closer to the paper. */
    FULL;

    /**
     * The profile of a name.
     *
     * @param name {@code quick} or {@code full}; null or empty for quick
     * @return the profile
     * @throws IllegalArgumentException if it is another name
     */
    public static Profile of(String name) {
        if (name == null || name.isEmpty()) {
            return QUICK;
        }
        for (var profile : values()) {
            if (profile.toString().equals(name)) {
                return profile;
            }
        }
        Require.that(false, "KONVERGO_PROFILE", "quick or full", name);
        return QUICK;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
