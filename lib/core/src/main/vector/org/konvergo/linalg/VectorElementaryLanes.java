package org.konvergo.linalg;

import static org.konvergo.linalg.Registers.lane;
import static org.konvergo.linalg.Registers.load;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Elementary functions in vector registers, operation by operation those of Elementary. */
final class VectorElementaryLanes implements ElementaryLanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final int V = S.length();

    // Adding and subtracting this rounds to an integer, which then stands in the low bits.
    private static final double ROUND = 0x1.8p52;

    /** {@link Elementary#exp} for arguments in its range, operation by operation. */
    private static DoubleVector expInRange(DoubleVector x) {
        var shifted = x.mul(Elementary.LOG2_E).add(ROUND);
        var k = shifted.sub(ROUND);
        var minusK = k.neg();
        var high = minusK.fma(DoubleVector.broadcast(S, Elementary.LN2_HIGH), x);
        var r = minusK.fma(DoubleVector.broadcast(S, Elementary.LN2_LOW), high);
        var p = DoubleVector.broadcast(S, Elementary.EXP_SERIES[0]);
        for (int i = 1; i < Elementary.EXP_SERIES.length; i++) {
            p = p.fma(r, DoubleVector.broadcast(S, Elementary.EXP_SERIES[i]));
        }
        LongVector n = shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(ROUND));
        // n >> 1 without the arithmetic shift, which narrow registers lack.
        LongVector half = n.add(2048).lanewise(VectorOperators.LSHR, 1).sub(1024);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
    }

    private static DoubleVector powerOfTwo(LongVector n) {
        return n.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    private static DoubleVector exp(DoubleVector x) {
        var e = expInRange(x);
        var inside =
                x.compare(VectorOperators.LE, Elementary.EXP_MAX)
                        .and(x.compare(VectorOperators.GE, Elementary.EXP_MIN));
        if (inside.allTrue()) {
            return e;
        }
        e = e.blend(0, x.compare(VectorOperators.LT, Elementary.EXP_MIN));
        e = e.blend(Double.POSITIVE_INFINITY, x.compare(VectorOperators.GT, Elementary.EXP_MAX));
        return e.blend(Double.NaN, x.compare(VectorOperators.NE, x));
    }

    @Override
    public void exp(double[] x, int p, double[] y, int q, int n) {
        int i = 0;
        for (; i + V <= n; i += V) {
            exp(load(x, p + i)).intoArray(y, q + i);
        }
        for (; i < n; i++) {
            y[q + i] = Elementary.exp(x[p + i]);
        }
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = n & -8;
        for (int i = p; i < p + end; i += 8) {
            a0 = a0.add(exp(load(x, i).sub(shift)));
            if (V < 8) {
                a1 = a1.add(exp(load(x, i + V).sub(shift)));
            }
            if (V < 4) {
                a2 = a2.add(exp(load(x, i + 4).sub(shift)));
                a3 = a3.add(exp(load(x, i + 6).sub(shift)));
            }
        }
        int rest = n & 7;
        int i = p + end;
        double s0 = lane(0, a0, a1, a2, a3);
        double s1 = lane(1, a0, a1, a2, a3);
        double s2 = lane(2, a0, a1, a2, a3);
        double s3 = lane(3, a0, a1, a2, a3);
        double s4 = lane(4, a0, a1, a2, a3);
        double s5 = lane(5, a0, a1, a2, a3);
        double s6 = lane(6, a0, a1, a2, a3);
        double s7 = lane(7, a0, a1, a2, a3);
        s0 = rest > 0 ? s0 + Elementary.exp(x[i] - shift) : s0;
        s1 = rest > 1 ? s1 + Elementary.exp(x[i + 1] - shift) : s1;
        s2 = rest > 2 ? s2 + Elementary.exp(x[i + 2] - shift) : s2;
        s3 = rest > 3 ? s3 + Elementary.exp(x[i + 3] - shift) : s3;
        s4 = rest > 4 ? s4 + Elementary.exp(x[i + 4] - shift) : s4;
        s5 = rest > 5 ? s5 + Elementary.exp(x[i + 5] - shift) : s5;
        s6 = rest > 6 ? s6 + Elementary.exp(x[i + 6] - shift) : s6;
        return Lanes.tree(s0, s1, s2, s3, s4, s5, s6, s7);
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift, double[] y, int q) {
        var a0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        int end = n & -8;
        for (int i = 0; i < end; i += 8) {
            a0 = a0.add(expInto(x, p + i, shift, y, q + i));
            if (V < 8) {
                a1 = a1.add(expInto(x, p + i + V, shift, y, q + i + V));
            }
            if (V < 4) {
                a2 = a2.add(expInto(x, p + i + 4, shift, y, q + i + 4));
                a3 = a3.add(expInto(x, p + i + 6, shift, y, q + i + 6));
            }
        }
        for (int i = end; i < n; i++) {
            y[q + i] = Elementary.exp(x[p + i] - shift);
        }
        return Registers.finish(y, q + end, n & 7, a0, a1, a2, a3);
    }

    private static DoubleVector expInto(double[] x, int p, double shift, double[] y, int q) {
        var e = exp(load(x, p).sub(shift));
        e.intoArray(y, q);
        return e;
    }
}
