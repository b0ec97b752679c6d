package org.konvergo.random;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.sampling.distribution.GuideTableDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.konvergo.Require;
import org.konvergo.linalg.Elementary;

/**
 * One stream of random numbers (xoroshiro128++). Not for use by two threads: give each its own with
 * {@link #split}.
 */
public final class RandomStream {
    private final byte[] key;
    private final UniformRandomProvider source;
    private final ZigguratSampler.NormalizedGaussian gaussian;
    private final ZigguratSampler.Exponential exponential;

    RandomStream(byte[] key) {
        this.key = key.clone();
        var words = ByteBuffer.wrap(key);
        source =
                RandomSource.XO_RO_SHI_RO_128_PP.create(
                        new long[] {words.getLong(), words.getLong()});
        gaussian = ZigguratSampler.NormalizedGaussian.of(source);
        exponential = ZigguratSampler.Exponential.of(source);
    }

    /**
     * A stream of its own below this one. Depends on how this stream was named, not on what was
     * drawn from it.
     *
     * @param name what the new stream is for, not empty
     * @param index which of several, such as a client or a thread's chunk
     * @return a new stream at its beginning
     * @throws IllegalArgumentException if the name is null or empty
     */
    public RandomStream split(String name, long index) {
        return new RandomStream(RandomStreams.key(key, 0, name, index));
    }

    /**
     * The generator beneath, for samplers of Commons RNG.
     *
     * @return the generator; drawing from it advances this stream
     */
    public UniformRandomProvider source() {
        return source;
    }

    /**
     * Uniform number.
     *
     * @return a number in [0, 1)
     */
    public double uniform() {
        return source.nextDouble();
    }

    /**
     * Uniform number of an interval.
     *
     * @param low lower end, finite
     * @param high upper end, finite, not below low
     * @return a number in [low, high)
     * @throws IllegalArgumentException if the ends are not finite or in the wrong order
     */
    public double uniform(double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        Require.that(low <= high, "high", "at least low = " + low, high);
        return Math.fma(high - low, source.nextDouble(), low);
    }

    /**
     * Uniform integer.
     *
     * @param count number of values, at least 1
     * @return an integer in 0..count-1
     * @throws IllegalArgumentException if count is below 1
     */
    public int integer(int count) {
        return source.nextInt(Require.atLeast("count", count, 1));
    }

    /**
     * A coin.
     *
     * @param probability of true, in [0, 1]
     * @return true with that probability
     * @throws IllegalArgumentException if it lies outside
     */
    public boolean bernoulli(double probability) {
        Require.within("probability", probability, 0, 1);
        return source.nextDouble() < probability;
    }

    /**
     * Standard Gaussian number.
     *
     * @return a number of mean 0 and variance 1
     */
    public double gaussian() {
        return gaussian.sample();
    }

    /**
     * Standard Gaussian vector.
     *
     * @param n its length, at least 0
     * @return n independent numbers of mean 0 and variance 1
     * @throws IllegalArgumentException if n is negative
     */
    public double[] gaussians(int n) {
        var x = new double[Require.atLeast("n", n, 0)];
        Arrays.setAll(x, i -> gaussian.sample());
        return x;
    }

    /**
     * Uniform vector.
     *
     * @param n its length, at least 0
     * @return n independent numbers in [0, 1)
     * @throws IllegalArgumentException if n is negative
     */
    public double[] uniforms(int n) {
        var x = new double[Require.atLeast("n", n, 0)];
        Arrays.setAll(x, i -> source.nextDouble());
        return x;
    }

    /**
     * Exponential number.
     *
     * @return a positive number of mean 1
     */
    public double exponential() {
        return exponential.sample();
    }

    /**
     * Log-normal number.
     *
     * @param mu mean of its logarithm, finite
     * @param sigma standard deviation of its logarithm, at least 0
     * @return e to a Gaussian number
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public double logNormal(double mu, double sigma) {
        Require.finite("mu", mu);
        Require.nonNegative("sigma", sigma);
        return Elementary.exp(Math.fma(sigma, gaussian.sample(), mu));
    }

    /**
     * Gamma number of scale 1.
     *
     * @param shape positive
     * @return a positive number of mean shape
     * @throws IllegalArgumentException if the shape is not positive
     */
    public double gamma(double shape) {
        Require.positive("shape", shape);
        // Below 1 by the identity Gamma(a) = Gamma(a+1) U^(1/a).
        double g = gammaFromOne(shape < 1 ? shape + 1 : shape);
        return shape < 1 ? g * Elementary.exp(Elementary.log(1 - source.nextDouble()) / shape) : g;
    }

    /**
     * Marsaglia and Tsang, A simple method for generating gamma variables, 2000, with logarithms
     * that are the same everywhere.
     */
    private double gammaFromOne(double shape) {
        double d = shape - 1 / 3.0;
        double c = 1 / 3.0 / Math.sqrt(d);
        while (true) {
            double x = gaussian.sample();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v <= 0) {
                continue;
            }
            double square = x * x;
            double u = source.nextDouble();
            if (u < 1 - 0.0331 * square * square
                    || Elementary.log(u) < 0.5 * square + d * (1 - v + Elementary.log(v))) {
                return d * v;
            }
        }
    }

    /**
     * Dirichlet vector.
     *
     * @param alpha positive concentrations, at least one
     * @return a probability vector of the same length
     * @throws IllegalArgumentException if it is empty or a concentration is not positive
     */
    public double[] dirichlet(double... alpha) {
        Require.atLeast("length of alpha", alpha.length, 1);
        var p = new double[alpha.length];
        double total = 0;
        while (!(total > 0)) { // tiny concentrations may all underflow
            for (int i = 0; i < p.length; i++) {
                p[i] = gamma(alpha[i]);
            }
            total = org.konvergo.linalg.Kernels.sum(p);
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= total;
        }
        return p;
    }

    /**
     * Multinomial counts.
     *
     * @param trials number of draws, at least 0
     * @param probabilities non-negative weights with a positive sum; need not sum to 1
     * @return how often each index was drawn
     * @throws IllegalArgumentException if a weight is negative or NaN, or all are zero
     */
    public int[] multinomial(int trials, double... probabilities) {
        Require.atLeast("trials", trials, 0);
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            total += Require.nonNegative("probabilities[" + i + "]", probabilities[i]);
        }
        Require.that(total > 0, "sum of probabilities", "positive", total);
        var sampler = GuideTableDiscreteSampler.of(source, probabilities);
        var counts = new int[probabilities.length];
        for (int t = 0; t < trials; t++) {
            counts[sampler.sample()]++;
        }
        return counts;
    }

    /**
     * Random permutation.
     *
     * @param n length, at least 0
     * @return 0..n-1 in random order
     * @throws IllegalArgumentException if n is negative
     */
    public int[] permutation(int n) {
        var order = PermutationSampler.natural(Require.atLeast("n", n, 0));
        PermutationSampler.shuffle(source, order);
        return order;
    }

    /**
     * Random subset.
     *
     * @param n size of the whole set
     * @param k size of the subset, in 0..n
     * @return k distinct numbers of 0..n-1, ascending
     * @throws IllegalArgumentException if k is negative or above n
     */
    public int[] subset(int n, int k) {
        Require.atLeast("n", n, 0);
        Require.that(k >= 0 && k <= n, "k", "in 0.." + n, k);
        int[] chosen = Arrays.copyOf(permutation(n), k);
        Arrays.sort(chosen);
        return chosen;
    }
}
