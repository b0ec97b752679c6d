package org.konvergo.method;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.konvergo.linalg.Kernels;

/**
 * The last steps and changes of the gradient, and the inverse Hessian that they stand for (Nocedal,
 * Updating quasi-Newton matrices with limited storage, 1980).
 */
final class LbfgsMemory {
    /** A pair at a larger angle has no curvature that rounding has not made. */
    private static final double LEAST_COSINE = 1e-10;

    private final int size;
    private final ArrayDeque<Pair> pairs = new ArrayDeque<>();

    private record Pair(double[] s, double[] y, double inverseProduct) {}

    /** Keeps at most so many pairs, at least 1. */
    LbfgsMemory(int size) {
        this.size = size;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    void clear() {
        pairs.clear();
    }

    /**
     * Takes a pair in, unless it shows no curvature; the oldest one gives way. Keeps the arrays.
     */
    void add(double[] step, double[] change) {
        double product = Kernels.dot(step, change);
        if (product > LEAST_COSINE * Kernels.norm2(step) * Kernels.norm2(change)) {
            if (pairs.size() == size) {
                pairs.removeFirst();
            }
            pairs.addLast(new Pair(step, change, 1 / product));
        }
    }

    /** The first step along a direction: without curvature it should not leave the unit ball. */
    double firstStep(double[] direction) {
        return pairs.isEmpty() ? Math.min(1, 1 / Kernels.norm2(direction)) : 1;
    }

    /**
     * Multiplies by minus the inverse Hessian, by two loops over the pairs; by -1 without any.
     *
     * @param q a gradient, overwritten with the direction
     */
    void toDirection(double[] q) {
        var alphas = new double[pairs.size()];
        int i = alphas.length;
        for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
            Pair pair = newest.next();
            alphas[--i] = pair.inverseProduct * Kernels.dot(pair.s, q);
            Kernels.axpy(-alphas[i], pair.y, q);
        }
        if (alphas.length > 0) {
            Pair last = pairs.getLast();
            Kernels.scale(1 / (last.inverseProduct * Kernels.dot(last.y, last.y)), q);
        }
        for (Pair pair : pairs) {
            double beta = pair.inverseProduct * Kernels.dot(pair.y, q);
            Kernels.axpy(alphas[i++] - beta, pair.s, q);
        }
        Kernels.scale(-1, q);
    }
}
