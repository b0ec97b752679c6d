package org.konvergo.linalg;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions in vector registers, operation by operation those of {@link
 * FloatElementary}.
 */
final class VectorFloatElementaryLanes implements FloatElementaryLanes {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, Registers.DOUBLES.vectorShape());
    private static final int V = S.length();
    private static final ThreadLocal<float[]> REST = ThreadLocal.withInitial(() -> new float[V]);

    // Adding this rounds to an integer, which then stands in the low bits.
    private static final float ROUND = 0x1.8p23f;

    @Override
    public void exp(float[] x, int p, float[] y, int q, int n) {
        int whole = n & -V;
        expWhole(x, p, y, q, whole);
        int rest = n - whole;
        if (rest > 0) {
            float[] t = REST.get();
            System.arraycopy(x, p + whole, t, 0, rest);
            Arrays.fill(t, rest, V, 0);
            expWhole(t, 0, t, 0, V);
            System.arraycopy(t, 0, y, q + whole, rest);
        }
    }

    /** For n a multiple of the registers' length. */
    private static void expWhole(float[] x, int p, float[] y, int q, int n) {
        for (int i = 0; i < n; i += V) {
            var v = FloatVector.fromArray(S, x, p + i);
            // Overflow comes out of the scaling; underflow would too, but slowly.
            var under = v.compare(VectorOperators.LT, FloatElementary.EXP_MIN);
            v = v.blend(0, under);
            v = v.blend(89, v.compare(VectorOperators.GT, 89));
            var shifted = v.mul(FloatElementary.LOG2_E).add(ROUND);
            var minusK = FloatVector.broadcast(S, ROUND).sub(shifted);
            var high = minusK.fma(FloatVector.broadcast(S, FloatElementary.LN2_HIGH), v);
            var r = minusK.fma(FloatVector.broadcast(S, FloatElementary.LN2_LOW), high);
            var e =
                    FloatVector.broadcast(S, FloatElementary.EXP_7)
                            .fma(r, FloatVector.broadcast(S, FloatElementary.EXP_6))
                            .fma(r, FloatVector.broadcast(S, FloatElementary.EXP_5))
                            .fma(r, FloatVector.broadcast(S, FloatElementary.EXP_4))
                            .fma(r, FloatVector.broadcast(S, FloatElementary.EXP_3))
                            .fma(r, FloatVector.broadcast(S, 0.5f))
                            .fma(r, FloatVector.broadcast(S, 1))
                            .fma(r, FloatVector.broadcast(S, 1));
            // k + 256, so that the logical shift halves it.
            var n256 = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND) - 256);
            var half = n256.lanewise(VectorOperators.LSHR, 1);
            var rest = n256.sub(half);
            e.mul(half.sub(1).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .mul(rest.sub(1).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .blend(0, under)
                    .intoArray(y, q + i);
        }
    }
}
