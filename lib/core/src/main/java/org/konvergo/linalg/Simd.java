package org.konvergo.linalg;

/**
 * Chooses once, at the start, between two classes that compute the same bits: one in plain Java and
 * one in vector registers, which is there where the JVM runs with the module jdk.incubator.vector.
 *
 * <p>The system property {@code konvergo.simd} overrides: {@code off}, or a width of {@code 128},
 * {@code 256} or {@code 512} bits.
 */
final class Simd {
    private static final boolean ON =
            !System.getProperty("konvergo.simd", "").equals("off")
                    && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Simd() {}

    /**
     * The class of this package with that name if vectors are on and it loads, else the plain one.
     */
    static <T> T choose(Class<T> type, String vectorClass, T plain) {
        if (!ON) {
            return plain;
        }
        try {
            return Class.forName(Simd.class.getPackageName() + "." + vectorClass)
                    .asSubclass(type)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            // An unusual vector width or another version of the incubating module.
            return plain;
        }
    }
}
