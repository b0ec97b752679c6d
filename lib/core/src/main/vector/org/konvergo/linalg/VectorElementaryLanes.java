package org.konvergo.linalg;

import static org.konvergo.linalg.Elementary.CUBE_0;
import static org.konvergo.linalg.Elementary.CUBE_1;
import static org.konvergo.linalg.Elementary.CUBE_2;
import static org.konvergo.linalg.Elementary.CUBE_3;
import static org.konvergo.linalg.Elementary.CUBE_4;
import static org.konvergo.linalg.Elementary.CUBE_5;
import static org.konvergo.linalg.Elementary.CUBE_6;
import static org.konvergo.linalg.Elementary.CUBE_7;
import static org.konvergo.linalg.Elementary.CUBE_8;
import static org.konvergo.linalg.Elementary.CUBE_9;
import static org.konvergo.linalg.Elementary.LN2_HIGH;
import static org.konvergo.linalg.Elementary.LN2_LOW;
import static org.konvergo.linalg.Elementary.LOG2_E;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions in vector registers, operation by operation those of {@link Elementary}.
 *
 * <p>Each function has a loop for ordinary numbers, which need no special case. It stops at the
 * first register that holds another; then a few registers are done with more care. A loop is one
 * long row of operations, without helpers, one register at a time, for exp two: beyond a certain
 * size the compiler stops inlining, and a vector that goes through a call is put on the heap. Nor
 * are there comparisons in registers of two lanes, which would go there as well.
 */
final class VectorElementaryLanes implements ElementaryLanes {
    private static final VectorSpecies<Double> S = Registers.DOUBLES;
    private static final VectorSpecies<Long> L =
            VectorSpecies.of(long.class, Registers.DOUBLES.vectorShape());
    private static final int V = S.length();
    // Entries of which a sum is made at a time, and entries done with care at a time.
    private static final int BLOCK = 512;
    private static final int CAREFUL = 64;

    // Adding this rounds to an integer, which then stands in the low bits.
    private static final double ROUND = 0x1.8p52;
    // 2^52, and in its low bits room for an integer.
    private static final long LARGE = 0x4330000000000000L;

    // Within this distance from 0, neither e^x nor 1 / e^x leaves the normal numbers.
    private static final double EXP_ORDINARY = 708;
    private static final double TANH_ORDINARY = 354;
    // Added to the bits of a positive normal number, this gives less than the other, and of no
    // other.
    private static final long FROM_NORMAL = 0x7ff0000000000000L;
    private static final long NORMAL_END = 0xffe0000000000000L;

    private enum Function {
        EXPM1,
        LOG,
        LOG1P,
        TANH,
        SIGMOID;

        /** At a single point. */
        double at(double x) {
            return switch (this) {
                case EXPM1 -> Elementary.expm1(x);
                case LOG -> Elementary.log(x);
                case LOG1P -> Elementary.log1p(x);
                case TANH -> Elementary.tanh(x);
                case SIGMOID -> Elementary.sigmoid(x);
            };
        }

        /** Whether a point needs no special case. */
        boolean ordinary(double x) {
            return switch (this) {
                case EXPM1, SIGMOID -> Math.abs(x) <= EXP_ORDINARY;
                case TANH -> Math.abs(x) <= TANH_ORDINARY;
                case LOG -> x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE;
                case LOG1P -> x > -1 && x <= Double.MAX_VALUE;
            };
        }

        /**
         * At ordinary points; n is a multiple of the registers' length.
         *
         * @return how many entries were done
         */
        int at(double[] x, int p, double[] y, int q, int n) {
            return switch (this) {
                case EXPM1 -> ordinaryExpm1(x, p, y, q, n);
                case LOG -> ordinaryLog(x, p, y, q, n);
                case LOG1P -> ordinaryLog1p(x, p, y, q, n);
                case TANH -> ordinaryTanh(x, p, y, q, n);
                case SIGMOID -> ordinarySigmoid(x, p, y, q, n);
            };
        }
    }

    /** Room for a thread to work in. */
    private static final class Room {
        final double[] block = new double[BLOCK];
        final double[] sums = new double[8];
        // A last register or group of registers that is not full.
        final double[] rest = new double[2 * V];
        // Entries done with care: all of them, and which of them are not ordinary.
        final double[] entries = new double[CAREFUL];
        final int[] odd = new int[CAREFUL];
        final double[] oddEntries = new double[CAREFUL];
    }

    private static final ThreadLocal<Room> ROOM = ThreadLocal.withInitial(Room::new);

    @Override
    public void exp(double[] x, int p, double[] y, int q, int n) {
        exp(x, p, y, q, n, 0);
    }

    @Override
    public void expm1(double[] x, int p, double[] y, int q, int n) {
        each(Function.EXPM1, x, p, y, q, n);
    }

    @Override
    public void log(double[] x, int p, double[] y, int q, int n) {
        each(Function.LOG, x, p, y, q, n);
    }

    @Override
    public void log1p(double[] x, int p, double[] y, int q, int n) {
        each(Function.LOG1P, x, p, y, q, n);
    }

    @Override
    public void tanh(double[] x, int p, double[] y, int q, int n) {
        each(Function.TANH, x, p, y, q, n);
    }

    @Override
    public void sigmoid(double[] x, int p, double[] y, int q, int n) {
        each(Function.SIGMOID, x, p, y, q, n);
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift) {
        return sumExp(x, p, n, shift, null, 0);
    }

    @Override
    public double sumExp(double[] x, int p, int n, double shift, double[] y, int q) {
        Room room = ROOM.get();
        double[] s = room.sums;
        Arrays.fill(s, 0);
        for (int b = 0; b < n; b += BLOCK) {
            int m = Math.min(BLOCK, n - b);
            double[] e = y == null ? room.block : y;
            int at = y == null ? 0 : q + b;
            exp(x, p + b, e, at, m, shift);
            int whole = m & -8;
            addEights(e, at, whole, s);
            for (int i = whole; i < m; i++) {
                s[i - whole] += e[at + i];
            }
        }
        return Lanes.tree(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    /** Adds entry i to sum i mod 8; n is a multiple of 8. */
    private static void addEights(double[] x, int p, int n, double[] s) {
        var a0 = DoubleVector.fromArray(S, s, 0);
        var a1 = V < 8 ? DoubleVector.fromArray(S, s, V) : a0;
        var a2 = V < 4 ? DoubleVector.fromArray(S, s, 4) : a0;
        var a3 = V < 4 ? DoubleVector.fromArray(S, s, 6) : a0;
        for (int i = p; i < p + n; i += 8) {
            a0 = a0.add(DoubleVector.fromArray(S, x, i));
            if (V < 8) {
                a1 = a1.add(DoubleVector.fromArray(S, x, i + V));
            }
            if (V < 4) {
                a2 = a2.add(DoubleVector.fromArray(S, x, i + 4));
                a3 = a3.add(DoubleVector.fromArray(S, x, i + 6));
            }
        }
        a0.intoArray(s, 0);
        if (V < 8) {
            a1.intoArray(s, V);
        }
        if (V < 4) {
            a2.intoArray(s, 4);
            a3.intoArray(s, 6);
        }
    }

    @Override
    public double max(double[] x, int p, int n) {
        double largest = Double.NEGATIVE_INFINITY;
        int i = p;
        int end = p + n;
        if (n >= 4 * V) {
            var m0 = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
            var m1 = m0;
            var m2 = m0;
            var m3 = m0;
            for (; i <= end - 4 * V; i += 4 * V) {
                m0 = m0.max(DoubleVector.fromArray(S, x, i));
                m1 = m1.max(DoubleVector.fromArray(S, x, i + V));
                m2 = m2.max(DoubleVector.fromArray(S, x, i + 2 * V));
                m3 = m3.max(DoubleVector.fromArray(S, x, i + 3 * V));
            }
            m0 = m0.max(m1).max(m2.max(m3));
            double[] s = ROOM.get().sums;
            m0.intoArray(s, 0);
            for (int j = 0; j < V; j++) {
                largest = Math.max(largest, s[j]);
            }
        }
        for (; i < end; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    @Override
    public void divide(double divisor, double[] y, int q, int n) {
        int whole = n & -V;
        for (int i = q; i < q + whole; i += V) {
            DoubleVector.fromArray(S, y, i).div(divisor).intoArray(y, i);
        }
        for (int i = q + whole; i < q + n; i++) {
            y[i] /= divisor;
        }
    }

    /** y[q+i] = f(x[p+i]) for all but exp. */
    private static void each(Function f, double[] x, int p, double[] y, int q, int n) {
        int whole = n & -V;
        eachWhole(f, x, p, y, q, whole);
        int rest = n - whole;
        if (rest > 0) {
            double[] t = ROOM.get().rest;
            System.arraycopy(x, p + whole, t, 0, rest);
            Arrays.fill(t, rest, V, 1);
            eachWhole(f, t, 0, t, 0, V);
            System.arraycopy(t, 0, y, q + whole, rest);
        }
    }

    /** The same where n is a multiple of the registers' length. */
    private static void eachWhole(Function f, double[] x, int p, double[] y, int q, int n) {
        int done = f.at(x, p, y, q, n);
        while (done < n) {
            int m = Math.min(CAREFUL, n - done);
            withCare(f, x, p + done, y, q + done, m);
            done += m;
            done += f.at(x, p + done, y, q + done, n - done);
        }
    }

    /** The same for entries that are not all ordinary: what is not is done by itself. */
    private static void withCare(Function f, double[] x, int p, double[] y, int q, int n) {
        Room room = ROOM.get();
        double[] t = room.entries;
        int[] odd = room.odd;
        int count = 0;
        for (int i = 0; i < n; i++) {
            t[i] = x[p + i];
            odd[count] = i;
            count += f.ordinary(t[i]) ? 0 : 1;
        }
        for (int j = 0; j < count; j++) {
            room.oddEntries[j] = t[odd[j]];
            t[odd[j]] = 1;
        }
        f.at(t, 0, y, q, n);
        for (int j = 0; j < count; j++) {
            y[q + odd[j]] = f.at(room.oddEntries[j]);
        }
    }

    /** y[q+i] = e to the (x[p+i] - shift). */
    private static void exp(double[] x, int p, double[] y, int q, int n, double shift) {
        int whole = n & -(2 * V);
        expWhole(x, p, y, q, whole, shift);
        int rest = n - whole;
        if (rest > 0) {
            double[] t = ROOM.get().rest;
            System.arraycopy(x, p + whole, t, 0, rest);
            Arrays.fill(t, rest, 2 * V, shift);
            expWhole(t, 0, t, 0, 2 * V, shift);
            System.arraycopy(t, 0, y, q + whole, rest);
        }
    }

    /** The same where n is a multiple of two registers. */
    private static void expWhole(double[] x, int p, double[] y, int q, int n, double shift) {
        int done = ordinaryExp(x, p, y, q, n, shift);
        while (done < n) {
            int m = Math.min(CAREFUL, n - done);
            anyExp(x, p + done, y, q + done, m, shift);
            done += m;
            done += ordinaryExp(x, p + done, y, q + done, n - done, shift);
        }
    }

    /** Two registers at a time; stops where one of them is not ordinary. */
    private static int ordinaryExp(double[] x, int p, double[] y, int q, int n, double shift) {
        var log2e = DoubleVector.broadcast(S, LOG2_E);
        var round = DoubleVector.broadcast(S, ROUND);
        var ln2High = DoubleVector.broadcast(S, LN2_HIGH);
        var ln2Low = DoubleVector.broadcast(S, LN2_LOW);
        var e13 = DoubleVector.broadcast(S, Elementary.EXP_13);
        var e12 = DoubleVector.broadcast(S, Elementary.EXP_12);
        var e11 = DoubleVector.broadcast(S, Elementary.EXP_11);
        var e10 = DoubleVector.broadcast(S, Elementary.EXP_10);
        var e9 = DoubleVector.broadcast(S, Elementary.EXP_9);
        var e8 = DoubleVector.broadcast(S, Elementary.EXP_8);
        var e7 = DoubleVector.broadcast(S, Elementary.EXP_7);
        var e6 = DoubleVector.broadcast(S, Elementary.EXP_6);
        var e5 = DoubleVector.broadcast(S, Elementary.EXP_5);
        var e4 = DoubleVector.broadcast(S, Elementary.EXP_4);
        var e3 = DoubleVector.broadcast(S, Elementary.EXP_3);
        var half = DoubleVector.broadcast(S, 0.5);
        var one = DoubleVector.broadcast(S, 1);
        for (int i = 0; i < n; i += 2 * V) {
            var a = DoubleVector.fromArray(S, x, p + i).sub(shift);
            var b = DoubleVector.fromArray(S, x, p + i + V).sub(shift);
            // The sum of squares bounds each of them.
            var bound = b.fma(b, a.mul(a));
            if (V == 2
                    ? !(bound.lane(0) <= EXP_ORDINARY * EXP_ORDINARY
                            && bound.lane(1) <= EXP_ORDINARY * EXP_ORDINARY)
                    : !bound.compare(VectorOperators.LE, EXP_ORDINARY * EXP_ORDINARY).allTrue()) {
                return i;
            }
            var ak = a.mul(log2e).add(round);
            var bk = b.mul(log2e).add(round);
            a = round.sub(ak).fma(ln2High, a);
            b = round.sub(bk).fma(ln2High, b);
            a = round.sub(ak).fma(ln2Low, a);
            b = round.sub(bk).fma(ln2Low, b);
            var ae = e13.fma(a, e12);
            var be = e13.fma(b, e12);
            ae = ae.fma(a, e11);
            be = be.fma(b, e11);
            ae = ae.fma(a, e10);
            be = be.fma(b, e10);
            ae = ae.fma(a, e9);
            be = be.fma(b, e9);
            ae = ae.fma(a, e8);
            be = be.fma(b, e8);
            ae = ae.fma(a, e7);
            be = be.fma(b, e7);
            ae = ae.fma(a, e6);
            be = be.fma(b, e6);
            ae = ae.fma(a, e5);
            be = be.fma(b, e5);
            ae = ae.fma(a, e4);
            be = be.fma(b, e4);
            ae = ae.fma(a, e3);
            be = be.fma(b, e3);
            ae = ae.fma(a, half);
            be = be.fma(b, half);
            ae = ae.fma(a, one);
            be = be.fma(b, one);
            ae = ae.fma(a, one);
            be = be.fma(b, one);
            // Factors and product are normal: adding k to the exponent multiplies.
            ak.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .add(ae.reinterpretAsLongs())
                    .reinterpretAsDoubles()
                    .intoArray(y, q + i);
            bk.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .add(be.reinterpretAsLongs())
                    .reinterpretAsDoubles()
                    .intoArray(y, q + i + V);
        }
        return n;
    }

    /** For all numbers. Overflow comes out of the scaling; underflow would too, but slowly. */
    private static void anyExp(double[] x, int p, double[] y, int q, int n, double shift) {
        if (V == 2) {
            for (int i = 0; i < n; i++) {
                y[q + i] = Elementary.exp(x[p + i] - shift);
            }
            return;
        }
        for (int i = 0; i < n; i += V) {
            var v = DoubleVector.fromArray(S, x, p + i).sub(shift);
            var under = v.compare(VectorOperators.LT, Elementary.EXP_MIN);
            v = v.blend(0, under);
            v = v.blend(710, v.compare(VectorOperators.GT, 710));
            var shifted = v.mul(LOG2_E).add(ROUND);
            var minusK = DoubleVector.broadcast(S, ROUND).sub(shifted);
            var high = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            var r = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high);
            var e =
                    DoubleVector.broadcast(S, Elementary.EXP_13)
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_12))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_11))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_10))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_9))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_8))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_7))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_6))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_5))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_4))
                            .fma(r, DoubleVector.broadcast(S, Elementary.EXP_3))
                            .fma(r, DoubleVector.broadcast(S, 0.5))
                            .fma(r, DoubleVector.broadcast(S, 1))
                            .fma(r, DoubleVector.broadcast(S, 1));
            // k + 2048, so that the logical shift, which narrow registers have, halves it.
            var n2048 = shifted.reinterpretAsLongs().sub(Double.doubleToRawLongBits(ROUND) - 2048);
            var half = n2048.lanewise(VectorOperators.LSHR, 1);
            var rest = n2048.sub(half);
            e.mul(half.sub(1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .mul(rest.sub(1).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
                    .blend(0, under)
                    .intoArray(y, q + i);
        }
    }

    private static int ordinaryExpm1(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i += V) {
            var v = DoubleVector.fromArray(S, x, p + i);
            if (V == 2
                    ? !(Math.abs(v.lane(0)) <= EXP_ORDINARY && Math.abs(v.lane(1)) <= EXP_ORDINARY)
                    : !v.abs().compare(VectorOperators.LE, EXP_ORDINARY).allTrue()) {
                return i;
            }
            var shifted = v.mul(LOG2_E).add(ROUND);
            var minusK = DoubleVector.broadcast(S, ROUND).sub(shifted);
            var exponent = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
            var high = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            var r = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high);
            var low = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high.sub(r));
            low = low.fma(r, low);
            var inverse =
                    LongVector.broadcast(L, Elementary.ONE).sub(exponent).reinterpretAsDoubles();
            var c = DoubleVector.broadcast(S, 1).sub(inverse);
            var h = r.mul(0.5);
            var square = h.mul(r);
            var a = c.add(r);
            var b = a.add(square);
            low = low.add(DoubleVector.broadcast(S, 1).sub(c).sub(inverse));
            low = low.add(r.sub(a.sub(c)));
            low = low.add(square.sub(b.sub(a)));
            low = low.add(h.fma(r, square.neg()));
            var cube =
                    DoubleVector.broadcast(S, CUBE_9)
                            .fma(r, DoubleVector.broadcast(S, CUBE_8))
                            .fma(r, DoubleVector.broadcast(S, CUBE_7))
                            .fma(r, DoubleVector.broadcast(S, CUBE_6))
                            .fma(r, DoubleVector.broadcast(S, CUBE_5))
                            .fma(r, DoubleVector.broadcast(S, CUBE_4))
                            .fma(r, DoubleVector.broadcast(S, CUBE_3))
                            .fma(r, DoubleVector.broadcast(S, CUBE_2))
                            .fma(r, DoubleVector.broadcast(S, CUBE_1))
                            .fma(r, DoubleVector.broadcast(S, CUBE_0));
            low = square.mul(r).fma(cube, low);
            var scale = exponent.add(Elementary.ONE).reinterpretAsDoubles();
            b.add(low)
                    .mul(scale)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.AND, Long.MAX_VALUE)
                    .lanewise(
                            VectorOperators.OR,
                            v.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(y, q + i);
        }
        return n;
    }

    private static int ordinaryTanh(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i += V) {
            var v = DoubleVector.fromArray(S, x, p + i);
            if (V == 2
                    ? !(Math.abs(v.lane(0)) <= TANH_ORDINARY
                            && Math.abs(v.lane(1)) <= TANH_ORDINARY)
                    : !v.abs().compare(VectorOperators.LE, TANH_ORDINARY).allTrue()) {
                return i;
            }
            var sign = v.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE);
            v = v.abs().mul(-2);
            var shifted = v.mul(LOG2_E).add(ROUND);
            var minusK = DoubleVector.broadcast(S, ROUND).sub(shifted);
            var exponent = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
            var high = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            var r = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high);
            var low = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high.sub(r));
            low = low.fma(r, low);
            var inverse =
                    LongVector.broadcast(L, Elementary.ONE).sub(exponent).reinterpretAsDoubles();
            var c = DoubleVector.broadcast(S, 1).sub(inverse);
            var h = r.mul(0.5);
            var square = h.mul(r);
            var a = c.add(r);
            var b = a.add(square);
            low = low.add(DoubleVector.broadcast(S, 1).sub(c.add(inverse)));
            low = low.add(r.sub(a.sub(c)));
            low = low.add(square.sub(b.sub(a)));
            low = low.add(h.fma(r, square.neg()));
            var cube =
                    DoubleVector.broadcast(S, CUBE_9)
                            .fma(r, DoubleVector.broadcast(S, CUBE_8))
                            .fma(r, DoubleVector.broadcast(S, CUBE_7))
                            .fma(r, DoubleVector.broadcast(S, CUBE_6))
                            .fma(r, DoubleVector.broadcast(S, CUBE_5))
                            .fma(r, DoubleVector.broadcast(S, CUBE_4))
                            .fma(r, DoubleVector.broadcast(S, CUBE_3))
                            .fma(r, DoubleVector.broadcast(S, CUBE_2))
                            .fma(r, DoubleVector.broadcast(S, CUBE_1))
                            .fma(r, DoubleVector.broadcast(S, CUBE_0));
            low = square.mul(r).fma(cube, low);
            var scale = exponent.add(Elementary.ONE).reinterpretAsDoubles();
            var sum = b.add(low);
            var t = sum.mul(scale);
            var u = low.sub(sum.sub(b)).mul(scale);
            var d = t.add(2);
            var e = t.sub(d.sub(2)).add(u);
            var w = DoubleVector.broadcast(S, 1).div(d);
            var quotient = t.mul(w);
            var minus = quotient.neg();
            var lack = minus.fma(e, minus.fma(d, t).add(u));
            lack.fma(w, quotient)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.AND, Long.MAX_VALUE)
                    .lanewise(VectorOperators.OR, sign)
                    .reinterpretAsDoubles()
                    .intoArray(y, q + i);
        }
        return n;
    }

    private static int ordinarySigmoid(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i += V) {
            var v = DoubleVector.fromArray(S, x, p + i).neg();
            if (V == 2
                    ? !(Math.abs(v.lane(0)) <= EXP_ORDINARY && Math.abs(v.lane(1)) <= EXP_ORDINARY)
                    : !v.abs().compare(VectorOperators.LE, EXP_ORDINARY).allTrue()) {
                return i;
            }
            var shifted = v.mul(LOG2_E).add(ROUND);
            var minusK = DoubleVector.broadcast(S, ROUND).sub(shifted);
            var high = minusK.fma(DoubleVector.broadcast(S, LN2_HIGH), v);
            var r = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high);
            var low = minusK.fma(DoubleVector.broadcast(S, LN2_LOW), high.sub(r));
            low = low.fma(r, low);
            var square = r.mul(0.5).mul(r);
            var a = r.add(1);
            var b = a.add(square);
            low = low.add(r.sub(a.sub(1)));
            low = low.add(square.sub(b.sub(a)));
            var cube =
                    DoubleVector.broadcast(S, CUBE_9)
                            .fma(r, DoubleVector.broadcast(S, CUBE_8))
                            .fma(r, DoubleVector.broadcast(S, CUBE_7))
                            .fma(r, DoubleVector.broadcast(S, CUBE_6))
                            .fma(r, DoubleVector.broadcast(S, CUBE_5))
                            .fma(r, DoubleVector.broadcast(S, CUBE_4))
                            .fma(r, DoubleVector.broadcast(S, CUBE_3))
                            .fma(r, DoubleVector.broadcast(S, CUBE_2))
                            .fma(r, DoubleVector.broadcast(S, CUBE_1))
                            .fma(r, DoubleVector.broadcast(S, CUBE_0));
            low = square.mul(r).fma(cube, low);
            var e = b.add(low);
            low = low.sub(e.sub(b));
            var one =
                    LongVector.broadcast(L, Elementary.ONE)
                            .sub(shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52))
                            .reinterpretAsDoubles();
            var d = one.add(e);
            var part = d.sub(one);
            var rest = one.sub(d.sub(part)).add(e.sub(part)).add(low);
            var w = DoubleVector.broadcast(S, 1).div(d);
            var minus = w.neg();
            var lack = minus.fma(rest, minus.fma(d, DoubleVector.broadcast(S, 1)));
            lack.fma(w, w).mul(one).intoArray(y, q + i);
        }
        return n;
    }

    private static int ordinaryLog(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i += V) {
            var bits = DoubleVector.fromArray(S, x, p + i).reinterpretAsLongs();
            if (V == 2
                    ? !(bits.lane(0) + FROM_NORMAL < NORMAL_END
                            && bits.lane(1) + FROM_NORMAL < NORMAL_END)
                    : !bits.add(FROM_NORMAL).compare(VectorOperators.LT, NORMAL_END).allTrue()) {
                return i;
            }
            var e = bits.add(Elementary.SQRT_2_TO_NEXT);
            var k =
                    e.lanewise(VectorOperators.LSHR, 52)
                            .lanewise(VectorOperators.OR, LARGE)
                            .reinterpretAsDoubles()
                            .sub(0x1p52 + 1023);
            var f =
                    bits.sub(e.lanewise(VectorOperators.AND, Elementary.EXPONENT))
                            .add(Elementary.ONE)
                            .reinterpretAsDoubles()
                            .sub(1);
            var s = f.div(f.add(2));
            var z = s.mul(s);
            var r =
                    DoubleVector.broadcast(S, Elementary.LOG_25)
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_23))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_21))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_19))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_17))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_15))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_13))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_11))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_9))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_7))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_5))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_3))
                            .mul(z);
            var halfSquare = f.mul(0.5).mul(f);
            var tail = s.fma(halfSquare.add(r), k.mul(LN2_LOW));
            k.mul(LN2_HIGH).sub(halfSquare.sub(tail).sub(f)).intoArray(y, q + i);
        }
        return n;
    }

    private static int ordinaryLog1p(double[] x, int p, double[] y, int q, int n) {
        for (int i = 0; i < n; i += V) {
            var v = DoubleVector.fromArray(S, x, p + i);
            var u = v.add(1);
            var part = u.sub(1);
            var low = DoubleVector.broadcast(S, 1).sub(u.sub(part)).add(v.sub(part));
            var bits = u.reinterpretAsLongs();
            if (V == 2
                    ? !(bits.lane(0) + FROM_NORMAL < NORMAL_END
                            && bits.lane(1) + FROM_NORMAL < NORMAL_END)
                    : !bits.add(FROM_NORMAL).compare(VectorOperators.LT, NORMAL_END).allTrue()) {
                return i;
            }
            var e = bits.add(Elementary.SQRT_2_TO_NEXT);
            var exponent = e.lanewise(VectorOperators.LSHR, 52);
            var k =
                    exponent.lanewise(VectorOperators.OR, LARGE)
                            .reinterpretAsDoubles()
                            .sub(0x1p52 + 1023);
            var g =
                    bits.sub(e.lanewise(VectorOperators.AND, Elementary.EXPONENT))
                            .add(Elementary.ONE)
                            .reinterpretAsDoubles()
                            .sub(1);
            low =
                    low.mul(
                                    LongVector.broadcast(L, 2047)
                                            .sub(exponent)
                                            .lanewise(VectorOperators.LSHL, 52)
                                            .reinterpretAsDoubles())
                            .mul(0.5);
            var f = g.add(low);
            low = low.sub(f.sub(g));
            var s = f.div(f.add(2));
            low =
                    low.mul(
                            DoubleVector.broadcast(S, -2)
                                    .fma(s, DoubleVector.broadcast(S, 2))
                                    .fma(s, DoubleVector.broadcast(S, -2))
                                    .fma(s, DoubleVector.broadcast(S, 1)));
            var z = s.mul(s);
            var r =
                    DoubleVector.broadcast(S, Elementary.LOG_25)
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_23))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_21))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_19))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_17))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_15))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_13))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_11))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_9))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_7))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_5))
                            .fma(z, DoubleVector.broadcast(S, Elementary.LOG_3))
                            .mul(z);
            var halfSquare = f.mul(0.5).mul(f);
            var tail = s.fma(halfSquare.add(r), k.fma(DoubleVector.broadcast(S, LN2_LOW), low));
            k.mul(LN2_HIGH)
                    .sub(halfSquare.sub(tail).sub(f))
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.AND, Long.MAX_VALUE)
                    .lanewise(
                            VectorOperators.OR,
                            v.reinterpretAsLongs().lanewise(VectorOperators.AND, Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(y, q + i);
        }
        return n;
    }
}
