package org.konvergo.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.konvergo.games.BestResponseDynamics;
import org.konvergo.games.InterferenceGame;
import org.konvergo.games.Schedule;
import org.konvergo.method.Run;
import org.konvergo.method.Status;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/**
 * Iterative water-filling: users of channels with weak interference reply to one another, all at
 * once, until no power is further than 1e-10 from the best reply.
 */
final class WaterFillingRounds extends Workload {
    private static final double RESIDUAL = 1e-10;
    private static final double NOISE = 0.1;

    private final int channels;
    private final int users;
    private final int carriers;

    WaterFillingRounds(int channels, int users, int carriers) {
        super("water-filling", channels + "x" + users + "x" + carriers);
        this.channels = channels;
        this.users = users;
        this.carriers = carriers;
    }

    @Override
    String title() {
        return "Iterative water-filling, %d channels, %d users, %d carriers"
                .formatted(channels, users, carriers);
    }

    @Override
    Inputs draw(RandomStream random) {
        var gains = new double[channels * users * users * carriers];
        double strength = 0.1 / users;
        for (int i = 0; i < gains.length; i++) {
            int pair = i / carriers % (users * users);
            boolean direct = pair / users == pair % users;
            gains[i] = direct ? 0.5 + 0.5 * random.exponential() : strength * random.exponential();
        }
        return new Inputs()
                .with("gains", gains)
                .with("channels", channels)
                .with("users", users)
                .with("carriers", carriers)
                .with("noise", NOISE)
                .with("residual", RESIDUAL);
    }

    private InterferenceGame[] games(Inputs in) {
        var games = new InterferenceGame[channels];
        var budgets = new double[users];
        Arrays.fill(budgets, 1);
        double[] all = in.vector("gains");
        for (int c = 0, from = 0; c < channels; c++) {
            var gains = new double[users][users][];
            for (int r = 0; r < users; r++) {
                for (int q = 0; q < users; q++, from += carriers) {
                    gains[r][q] = Arrays.copyOfRange(all, from, from + carriers);
                }
            }
            games[c] = new InterferenceGame(gains, NOISE, budgets);
        }
        return games;
    }

    @Override
    Map<String, Function<Inputs, Solver<?>>> solvers() {
        return Map.of(
                KONVERGO,
                in -> {
                    var games = games(in);
                    var unused = new RandomStreams(1).stream("unused", 0);
                    return Solver.of(() -> solve(games, unused));
                });
    }

    private double[] solve(InterferenceGame[] games, RandomStream unused) {
        var powers = new double[channels * users * carriers];
        int next = 0;
        for (var game : games) {
            var dynamics =
                    new BestResponseDynamics(
                            game, new Schedule.Simultaneous(), game.uniform(), unused);
            var trace =
                    Run.of(dynamics)
                            .measure("residual", dynamics::residual)
                            .stop(Stop.below("residual", RESIDUAL).or(Stop.iterations(1000)))
                            .start();
            if (trace.status() != Status.CONVERGED) {
                throw new IllegalStateException(trace.message());
            }
            for (double[] power : trace.state().profile()) {
                System.arraycopy(power, 0, powers, next, carriers);
                next += carriers;
            }
        }
        return powers;
    }

    /** Largest difference of a power from water-filling against the others'. */
    @Override
    double measure(Inputs in, double[] powers) {
        double worst = 0;
        for (int c = 0; c < channels; c++) {
            for (int q = 0; q < users; q++) {
                double[] noise = noise(in.vector("gains"), powers, c, q);
                int from = (c * users + q) * carriers;
                double[] power = Arrays.copyOfRange(powers, from, from + carriers);
                worst = Math.max(worst, distance(power, noise));
            }
        }
        return worst;
    }

    private double[] noise(double[] gains, double[] powers, int c, int q) {
        var noise = new double[carriers];
        for (int k = 0; k < carriers; k++) {
            double heard = NOISE;
            for (int r = 0; r < users; r++) {
                if (r != q) {
                    heard += gains[gain(c, r, q, k)] * powers[(c * users + r) * carriers + k];
                }
            }
            noise[k] = heard / gains[gain(c, q, q, k)];
        }
        return noise;
    }

    private int gain(int c, int r, int q, int k) {
        return ((c * users + r) * users + q) * carriers + k;
    }

    /** From the best split of the power 1, whose level is found by bisection. */
    private static double distance(double[] power, double[] noise) {
        double low = 0;
        double high = 1 + Arrays.stream(noise).max().orElseThrow();
        for (int i = 0; i < 200; i++) {
            double level = (low + high) / 2;
            double sum = Arrays.stream(noise).map(v -> Math.max(level - v, 0)).sum();
            if (sum > 1) {
                high = level;
            } else {
                low = level;
            }
        }
        double largest = 0;
        for (int k = 0; k < power.length; k++) {
            double difference = power[k] - Math.max(low - noise[k], 0);
            largest = Math.max(largest, Math.abs(difference));
        }
        return largest;
    }

    @Override
    double tolerance() {
        return 1.01 * RESIDUAL;
    }
}
