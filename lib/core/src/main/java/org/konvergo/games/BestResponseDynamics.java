package org.konvergo.games;

import java.util.ArrayDeque;
import org.konvergo.Require;
import org.konvergo.method.Method;
import org.konvergo.method.Oracle;
import org.konvergo.method.OracleCounter;
import org.konvergo.metric.BestReplyResidual;
import org.konvergo.problem.Game;
import org.konvergo.random.RandomStream;

/**
 * Players reply to one another, by a schedule and with damping: p = (1 - damping) p + damping *
 * reply(p). One step is one tick of the schedule.
 *
 * @param game what is played
 * @param schedule who moves when
 * @param damping in (0, 1]; 1 replaces the old strategy
 * @param reply how a player replies; the game's best reply, or a perturbed one
 * @param initial one strategy a player; copied
 * @param random for the schedule and the reply; a run draws from splits of it, so that runs repeat
 */
public record BestResponseDynamics(
        Game game,
        Schedule schedule,
        double damping,
        Reply reply,
        double[][] initial,
        RandomStream random)
        implements Method<BestResponseDynamics.State> {

    /** How a player answers what it sees. */
    @FunctionalInterface
    public interface Reply {
        /**
         * The answer.
         *
         * @param player who replies
         * @param seen the profile as the player sees it
         * @param random for perturbed replies
         * @return a strategy, a new array
         */
        double[] to(int player, double[][] seen, RandomStream random);
    }

    private record BestReply(Game game) implements Reply {
        @Override
        public double[] to(int player, double[][] seen, RandomStream random) {
            return game.bestReply(player, seen);
        }
    }

    /** A profile, the ticks and moves that led to it, and what the schedule remembers. */
    public static final class State {
        private double[][] profile;
        private long tick;
        private long moves;
        private double[][] bestReplies; // to the profile; null until they are asked for
        private final RandomStream scheduleRandom;
        private final RandomStream replyRandom;
        private final ArrayDeque<double[][]> past = new ArrayDeque<>();

        private State(double[][] profile, RandomStream random) {
            this.profile = profile;
            scheduleRandom = random.split("schedule", 0);
            replyRandom = random.split("reply", 0);
        }

        /**
         * The strategies.
         *
         * @return one array a player; do not change them
         */
        public double[][] profile() {
            return profile;
        }

        /**
         * Moves so far, all players together.
         *
         * @return a count
         */
        public long moves() {
            return moves;
        }
    }

    /**
     * Checks the arguments.
     *
     * @param game as above
     * @param schedule as above
     * @param damping as above
     * @param reply as above
     * @param initial as above
     * @param random as above
     * @throws IllegalArgumentException if the damping is not in (0, 1] or the initial profile does
     *     not have one strategy a player
     */
    public BestResponseDynamics {
        Require.notNull("game", game);
        Require.notNull("schedule", schedule);
        Require.that(damping > 0 && damping <= 1, "damping", "in (0, 1]", damping);
        Require.notNull("reply", reply);
        Require.notNull("random", random);
        Require.that(
                initial != null && initial.length == game.players(),
                "initial",
                "one strategy for each of " + game.players() + " players",
                initial == null ? "null" : initial.length);
        initial = copy(initial);
    }

    /**
     * Undamped best replies.
     *
     * @param game what is played
     * @param schedule who moves when
     * @param initial one strategy a player
     * @param random for the schedule
     * @throws IllegalArgumentException as for the full constructor
     */
    public BestResponseDynamics(
            Game game, Schedule schedule, double[][] initial, RandomStream random) {
        this(game, schedule, 1, new BestReply(game), initial, random);
    }

    /**
     * The same dynamics with another damping.
     *
     * @param beta in (0, 1]
     * @return new dynamics
     * @throws IllegalArgumentException if beta is out of range
     */
    public BestResponseDynamics withDamping(double beta) {
        return new BestResponseDynamics(game, schedule, beta, reply, initial, random);
    }

    /**
     * The same dynamics with another reply.
     *
     * @param other how players reply
     * @return new dynamics
     */
    public BestResponseDynamics withReply(Reply other) {
        return new BestResponseDynamics(game, schedule, damping, other, initial, random);
    }

    /**
     * How far a state is from a Nash equilibrium: {@link BestReplyResidual} of its profile. The
     * next step uses the best replies that this computes, so that measuring them costs nothing.
     *
     * @param state of these dynamics
     * @return the largest change that a best reply would make
     */
    public double residual(State state) {
        if (state.bestReplies == null) {
            var replies = new double[state.profile.length][];
            for (int q = 0; q < replies.length; q++) {
                replies[q] = game.bestReply(q, state.profile);
            }
            state.bestReplies = replies;
        }
        return BestReplyResidual.of(state.bestReplies, state.profile);
    }

    @Override
    public State start() {
        return new State(copy(initial), random);
    }

    @Override
    public State step(State s, OracleCounter calls) {
        long before = s.moves;
        double[][] next = s.profile.clone();
        if (schedule instanceof Schedule.Simultaneous) {
            for (int q = 0; q < next.length; q++) {
                move(s, q, s.profile, next);
            }
        } else if (schedule instanceof Schedule.Sequential) {
            move(s, (int) (s.tick % next.length), s.profile, next);
        } else if (schedule instanceof Schedule.Asynchronous async) {
            s.past.addFirst(s.profile);
            if (s.past.size() > async.delays()) {
                s.past.removeLast();
            }
            var past = s.past.toArray(new double[0][][]);
            for (int q = 0; q < next.length; q++) {
                if (s.scheduleRandom.bernoulli(async.probability())) {
                    move(s, q, delayed(s, q, past, async), next);
                }
            }
        }
        s.profile = next;
        s.bestReplies = null;
        s.tick++;
        calls.add(Oracle.PROX, s.moves - before);
        return s;
    }

    private double[][] delayed(State s, int q, double[][][] past, Schedule.Asynchronous async) {
        var seen = new double[past[0].length][];
        for (int r = 0; r < seen.length; r++) {
            int delay = r == q ? 0 : s.scheduleRandom.integer(async.delays());
            seen[r] = past[Math.min(delay, past.length - 1)][r];
        }
        return seen;
    }

    private void move(State s, int q, double[][] seen, double[][] next) {
        boolean known = s.bestReplies != null && seen == s.profile && reply instanceof BestReply;
        double[] answer = known ? s.bestReplies[q] : reply.to(q, seen, s.replyRandom);
        for (int k = 0; damping < 1 && k < answer.length; k++) {
            answer[k] = (1 - damping) * s.profile[q][k] + damping * answer[k];
        }
        next[q] = answer;
        s.moves++;
    }

    private static double[][] copy(double[][] profile) {
        var copy = new double[profile.length][];
        for (int q = 0; q < copy.length; q++) {
            copy[q] = profile[q].clone();
        }
        return copy;
    }
}
