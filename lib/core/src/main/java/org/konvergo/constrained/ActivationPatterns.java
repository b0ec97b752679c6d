package org.konvergo.constrained;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.konvergo.Require;
import org.konvergo.linalg.Kernels;
import org.konvergo.random.RandomStream;

/**
 * Which samples a rectifier lets through. A neuron with the weights h is active at the samples with
 * x'h >= 0; that set is its pattern. In d dimensions n samples have O(n^(d-1)) patterns.
 */
public final class ActivationPatterns {
    /** So many draws in a row without a new pattern end a search. */
    private static final int PATIENCE = 20_000;

    private final int samples;
    private final List<BitSet> patterns;

    private ActivationPatterns(int samples, Set<BitSet> patterns) {
        this.samples = samples;
        this.patterns = List.copyOf(patterns);
    }

    /**
     * The pattern of one neuron.
     *
     * @param x one row a sample
     * @param h weights, one a column
     * @return bit k is set if sample k has x'h >= 0
     * @throws IllegalArgumentException if the length is wrong
     */
    public static BitSet of(DMatrixRMaj x, double[] h) {
        Require.notNull("x", x);
        Require.length("h", h, x.numCols);
        var scores = new double[x.numRows];
        Kernels.gemv(x, h, scores);
        var pattern = new BitSet(x.numRows);
        for (int k = 0; k < scores.length; k++) {
            pattern.set(k, scores[k] >= 0);
        }
        return pattern;
    }

    /**
     * Patterns given as numbers, as {@link #indicators} writes them.
     *
     * @param indicators P x n with entries 0 and 1, one row a pattern, no two the same
     * @return the patterns in this order
     * @throws IllegalArgumentException if the matrix is empty, another entry is there or a pattern
     *     is there twice
     */
    public static ActivationPatterns ofIndicators(DMatrixRMaj indicators) {
        Require.notNull("indicators", indicators);
        Require.atLeast("rows of indicators", indicators.numRows, 1);
        Require.atLeast("columns of indicators", indicators.numCols, 1);
        var patterns = new LinkedHashSet<BitSet>();
        for (int i = 0; i < indicators.numRows; i++) {
            var pattern = new BitSet(indicators.numCols);
            for (int k = 0; k < indicators.numCols; k++) {
                double entry = indicators.get(i, k);
                Require.that(entry == 0 || entry == 1, "indicators", "of 0 and 1", entry);
                pattern.set(k, entry == 1);
            }
            Require.that(
                    patterns.add(pattern), "row " + i + " of indicators", "a new pattern", pattern);
        }
        return new ActivationPatterns(indicators.numCols, patterns);
    }

    /**
     * All patterns of numbers with a bias: the half-lines to either side, everything and nothing.
     *
     * @param x the numbers, different
     * @return 2 n patterns
     * @throws IllegalArgumentException if there is no number, one is not finite or two are the same
     */
    public static ActivationPatterns halfLines(double[] x) {
        Require.finite("x", x);
        int n = Require.atLeast("length of x", x.length, 1);
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        for (int k = 1; k < n; k++) {
            Require.that(sorted[k - 1] < sorted[k], "x", "different numbers", "twice " + sorted[k]);
        }
        var patterns = new LinkedHashSet<BitSet>();
        for (double threshold : sorted) {
            var right = new BitSet(n);
            for (int k = 0; k < n; k++) {
                right.set(k, x[k] >= threshold);
            }
            var left = (BitSet) right.clone();
            left.flip(0, n);
            patterns.add(right);
            patterns.add(left);
        }
        return new ActivationPatterns(n, patterns);
    }

    /**
     * Patterns of neurons with Gaussian weights: draws until there are so many different ones. The
     * empty pattern, which says nothing, is left out.
     *
     * @param x one row a sample
     * @param count how many, at least 1
     * @param random the source
     * @return at most so many patterns, in the order in which they came; fewer if no new one came
     *     in 20,000 draws
     * @throws IllegalArgumentException if the count is below 1
     */
    public static ActivationPatterns sampled(DMatrixRMaj x, int count, RandomStream random) {
        return perturbed(x, count, 0, random);
    }

    /**
     * Patterns of neurons with Gaussian weights at the samples and at samples moved to a random
     * corner of the box of half-width epsilon about each; the last column, the bias, stays.
     *
     * @param x one row a sample, the last column ones
     * @param count how many, at least 1
     * @param epsilon non-negative; 0 for the samples alone
     * @param random the source
     * @return at most so many different patterns, none empty
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static ActivationPatterns perturbed(
            DMatrixRMaj x, int count, double epsilon, RandomStream random) {
        Require.notNull("x", x);
        Require.finite("x", x.data);
        Require.atLeast("count", count, 1);
        Require.nonNegative("epsilon", epsilon);
        Require.notNull("random", random);
        var patterns = new LinkedHashSet<BitSet>();
        for (int idle = 0; patterns.size() < count && idle < PATIENCE; idle++) {
            double[] h = random.gaussians(x.numCols);
            int before = patterns.size();
            add(patterns, of(x, h));
            if (epsilon > 0 && patterns.size() < count) {
                var moved = x.copy();
                for (int p = 0; p < moved.data.length; p++) {
                    if ((p + 1) % x.numCols != 0) {
                        moved.data[p] += random.bernoulli(0.5) ? epsilon : -epsilon;
                    }
                }
                add(patterns, of(moved, h));
            }
            idle = patterns.size() > before ? 0 : idle;
        }
        return new ActivationPatterns(x.numRows, patterns);
    }

    private static void add(Set<BitSet> patterns, BitSet pattern) {
        if (!pattern.isEmpty()) {
            patterns.add(pattern);
        }
    }

    /**
     * The patterns of so many neurons with Gaussian weights, each kept once; none empty.
     *
     * @param x one row a sample
     * @param draws how many neurons, at least 1
     * @param random the source
     * @return at most so many patterns
     * @throws IllegalArgumentException if the number is below 1
     */
    public static ActivationPatterns drawn(DMatrixRMaj x, int draws, RandomStream random) {
        Require.notNull("x", x);
        Require.atLeast("draws", draws, 1);
        Require.notNull("random", random);
        var patterns = new LinkedHashSet<BitSet>();
        for (int t = 0; t < draws; t++) {
            add(patterns, of(x, random.gaussians(x.numCols)));
        }
        return new ActivationPatterns(x.numRows, patterns);
    }

    /**
     * So many draws that one more lowers the optimum of the convex program with a probability of at
     * most psi, with a confidence of 1 - xi: min((n + 1) / (psi xi) - 1, 2 (n + 1 - log psi) / xi),
     * rounded up.
     *
     * <p>Source: Bai, Gautam and Sojoudi, Efficient Global Optimization of Two-layer ReLU Networks,
     * SIAM Journal on Mathematics of Data Science, 2023.
     *
     * @param samples n, at least 1
     * @param psi in (0, 1)
     * @param xi in (0, 1)
     * @return the number of draws
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static int enough(int samples, double psi, double xi) {
        Require.atLeast("samples", samples, 1);
        Require.that(psi > 0 && psi < 1, "psi", "in (0, 1)", psi);
        Require.that(xi > 0 && xi < 1, "xi", "in (0, 1)", xi);
        double first = (samples + 1) / (psi * xi) - 1;
        double second = 2 / xi * (samples + 1 - StrictMath.log(psi));
        return (int) Math.ceil(Math.min(first, second));
    }

    /**
     * Number of patterns.
     *
     * @return P
     */
    public int size() {
        return patterns.size();
    }

    /**
     * Number of samples.
     *
     * @return n
     */
    public int samples() {
        return samples;
    }

    /**
     * A pattern.
     *
     * @param i in 0..P-1
     * @return a copy; bit k is set where sample k is let through
     * @throws IllegalArgumentException if there is no such pattern
     */
    public BitSet pattern(int i) {
        return (BitSet) patterns.get(Require.index("i", i, patterns.size())).clone();
    }

    /**
     * Whether a pattern is among these.
     *
     * @param pattern any
     * @return true if it is
     */
    public boolean contains(BitSet pattern) {
        return patterns.contains(pattern);
    }

    /**
     * The first so many patterns.
     *
     * @param count in 1..P
     * @return a nested set
     * @throws IllegalArgumentException if the count is out of range
     */
    public ActivationPatterns first(int count) {
        Require.that(
                count >= 1 && count <= patterns.size(), "count", "in 1.." + patterns.size(), count);
        return new ActivationPatterns(samples, new LinkedHashSet<>(patterns.subList(0, count)));
    }

    /**
     * These patterns and one more.
     *
     * @param pattern what is added, if it is not there
     * @return a larger set
     */
    public ActivationPatterns with(BitSet pattern) {
        var all = new LinkedHashSet<>(patterns);
        all.add((BitSet) Require.notNull("pattern", pattern).clone());
        return new ActivationPatterns(samples, all);
    }

    /**
     * The patterns as numbers.
     *
     * @return P x n, 1 where pattern i lets sample k through, else 0
     */
    public DMatrixRMaj indicators() {
        var d = new DMatrixRMaj(patterns.size(), samples);
        var list = new ArrayList<>(patterns);
        for (int i = 0; i < d.numRows; i++) {
            for (int k = 0; k < samples; k++) {
                d.set(i, k, list.get(i).get(k) ? 1 : 0);
            }
        }
        return d;
    }
}
