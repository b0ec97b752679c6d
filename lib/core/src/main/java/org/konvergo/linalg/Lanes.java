package org.konvergo.linalg;

/**
 * The hot loops behind {@link Kernels}, which checks the arguments. Two classes implement them,
 * with the same bits: {@link ScalarLanes} in plain Java, and VectorLanes in vector registers.
 */
interface Lanes {
    /** Inner product of two ranges, over 8 lanes. */
    double dot(double[] x, int p, double[] y, int q, int n);

    /** Sum of a vector, over 8 lanes. */
    double sum(double[] x);

    /** y = A x[p..p+n) for a row-major matrix of n columns. */
    void gemv(double[] a, int rows, double[] x, int p, int n, double[] y);

    /** y[q+i] = a x[p+i] + y[q+i]. */
    void axpy(double a, double[] x, int p, double[] y, int q, int n);

    /** y[q+i] = e to the x[p+i]; the ranges may be the same. */
    void exp(double[] x, int p, double[] y, int q, int n);

    /** Sum of e to the (x[p+i] - shift), over 8 lanes. */
    double sumExp(double[] x, int p, int n, double shift);

    /** The same, and y[q+i] = e to the (x[p+i] - shift); the ranges may be the same. */
    double sumExp(double[] x, int p, int n, double shift, double[] y, int q);

    /**
     * C = A B, with C row-major, m x n. Entry (i, l) of A stands at i * rowA + l * colA, entry (l,
     * j) of B at l * rowB + j * colB; so transposes are a matter of strides. Entries of C add their
     * terms in the order of l.
     */
    void gemm(
            int m,
            int n,
            int k,
            double[] a,
            int rowA,
            int colA,
            double[] b,
            int rowB,
            int colB,
            double[] c);

    /** Width of the registers in bits; 0 without any. */
    int width();

    /** The 8 lanes combined in the fixed tree. */
    static double tree(
            double s0,
            double s1,
            double s2,
            double s3,
            double s4,
            double s5,
            double s6,
            double s7) {
        return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
    }

    /**
     * The vector registers where the JVM offers them (module jdk.incubator.vector), else plain
     * Java. The system property {@code konvergo.simd} chooses: {@code off}, or a width of {@code
     * 128}, {@code 256} or {@code 512} bits.
     */
    static Lanes choose() {
        String wanted = System.getProperty("konvergo.simd", "");
        boolean offered = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (wanted.equals("off") || !offered) {
            return new ScalarLanes();
        }
        try {
            return Class.forName("org.konvergo.linalg.VectorLanes")
                    .asSubclass(Lanes.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            // An unusual vector width or another version of the incubating module.
            return new ScalarLanes();
        }
    }
}
