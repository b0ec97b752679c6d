package org.konvergo.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of the vector registers in use: the processor's own, or the one that the system
 * property {@code konvergo.simd} names.
 */
final class Registers {
    /** The shape of a register of doubles. */
    static final VectorSpecies<Double> DOUBLES = doubles();

    private Registers() {}

    private static VectorSpecies<Double> doubles() {
        VectorSpecies<Double> species =
                switch (System.getProperty("konvergo.simd", "")) {
                    case "128" -> VectorSpecies.of(double.class, VectorShape.S_128_BIT);
                    case "256" -> VectorSpecies.of(double.class, VectorShape.S_256_BIT);
                    case "512" -> VectorSpecies.of(double.class, VectorShape.S_512_BIT);
                    default -> DoubleVector.SPECIES_PREFERRED;
                };
        int n = species.length();
        if (n != 2 && n != 4 && n != 8) {
            throw new LinkageError("registers of " + n + " doubles");
        }
        return species;
    }

    /** V entries from index i on. */
    static DoubleVector load(double[] x, int i) {
        return DoubleVector.fromArray(DOUBLES, x, i);
    }

    /** Virtual lane i of accumulators that hold the 8 lanes between them. */
    static double lane(int i, DoubleVector a0, DoubleVector a1, DoubleVector a2, DoubleVector a3) {
        int n = DOUBLES.length();
        var holder =
                switch (i / n) {
                    case 0 -> a0;
                    case 1 -> a1;
                    case 2 -> a2;
                    default -> a3;
                };
        return holder.lane(i % n);
    }

    /** Adds the last entries, fewer than 8, to their lanes and combines. */
    static double finish(
            double[] x,
            int i,
            int rest,
            DoubleVector a0,
            DoubleVector a1,
            DoubleVector a2,
            DoubleVector a3) {
        double s0 = lane(0, a0, a1, a2, a3) + (rest > 0 ? x[i] : 0);
        double s1 = lane(1, a0, a1, a2, a3) + (rest > 1 ? x[i + 1] : 0);
        double s2 = lane(2, a0, a1, a2, a3) + (rest > 2 ? x[i + 2] : 0);
        double s3 = lane(3, a0, a1, a2, a3) + (rest > 3 ? x[i + 3] : 0);
        double s4 = lane(4, a0, a1, a2, a3) + (rest > 4 ? x[i + 4] : 0);
        double s5 = lane(5, a0, a1, a2, a3) + (rest > 5 ? x[i + 5] : 0);
        double s6 = lane(6, a0, a1, a2, a3) + (rest > 6 ? x[i + 6] : 0);
        double s7 = lane(7, a0, a1, a2, a3);
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }
}
