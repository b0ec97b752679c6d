package org.konvergo.games;

import org.konvergo.Require;
import org.konvergo.linalg.Elementary;

/**
 * Losses on a pair of responses of which a judge prefers one, the winner, to the other, the loser.
 * Each is a function of the two log-ratios r = log(policy / reference policy), and of how often
 * each response wins against the reference, its win rate. With hard labels the rates are 1 and 0.
 *
 * <p>Lower case letters below: r and p with w for the winner, l for the loser.
 */
public enum PreferenceLoss {
    /**
     * Self-play preference optimisation, (r_w - eta (p_w - 1/2))^2 + (r_l - eta (p_l - 1/2))^2: a
     * target for each of the two (Wu et al., arXiv 2405.00675).
     */
    SPPO {
        @Override
        public Gradient at(double winner, double loser, double eta, double pWin, double pLose) {
            check(winner, loser, eta, pWin, pLose);
            double w = residual(winner, eta, pWin);
            double l = residual(loser, eta, pLose);
            return new Gradient(Math.fma(w, w, l * l), 2 * w, 2 * l);
        }
    },
    /**
     * Direct preference optimisation, -log sigmoid((r_w - r_l) / eta): sees only the difference,
     * and has no minimum, since a larger difference is always better (Rafailov et al., arXiv
     * 2305.18290, with beta = 1 / eta). Takes no account of the rates.
     */
    DPO {
        @Override
        public Gradient at(double winner, double loser, double eta, double pWin, double pLose) {
            check(winner, loser, eta, pWin, pLose);
            double margin = (winner - loser) / eta;
            // -log sigmoid(m) = log(1 + e^-m), without overflow on either side
            double value =
                    Math.max(-margin, 0) + Elementary.log1p(Elementary.exp(-Math.abs(margin)));
            double slope = Elementary.sigmoid(-margin) / eta;
            return new Gradient(value, -slope, slope);
        }
    },
    /**
     * Identity preference optimisation, (r_w - r_l - eta (p_w - p_l))^2: a target for the
     * difference (Azar et al., arXiv 2310.12036).
     */
    IPO {
        @Override
        public Gradient at(double winner, double loser, double eta, double pWin, double pLose) {
            check(winner, loser, eta, pWin, pLose);
            double excess = winner - loser - eta * (pWin - pLose);
            return new Gradient(excess * excess, 2 * excess, -2 * excess);
        }
    };

    /**
     * A loss and its derivatives.
     *
     * @param value the loss, at least 0
     * @param winner derivative by the winner's log-ratio
     * @param loser derivative by the loser's log-ratio
     */
    public record Gradient(double value, double winner, double loser) {}

    /**
     * The loss of a pair, and its derivatives.
     *
     * @param winner log-ratio of the preferred response, finite
     * @param loser log-ratio of the other, finite
     * @param eta scale of the targets, positive; DPO's temperature is its inverse
     * @param pWin win rate of the preferred response, in [0, 1]
     * @param pLose win rate of the other, in [0, 1]
     * @return value and derivatives
     * @throws IllegalArgumentException if an argument is out of range
     */
    public abstract Gradient at(double winner, double loser, double eta, double pWin, double pLose);

    /**
     * The loss with hard labels: the winner's rate is 1, the loser's 0.
     *
     * @param winner log-ratio of the preferred response, finite
     * @param loser log-ratio of the other, finite
     * @param eta scale of the targets, positive
     * @return value and derivatives
     * @throws IllegalArgumentException if an argument is out of range
     */
    public Gradient at(double winner, double loser, double eta) {
        return at(winner, loser, eta, 1, 0);
    }

    /**
     * What self-play preference optimisation aims at for one response: the logarithm of the
     * multiplicative-weights update, with its normaliser taken as e^(eta / 2).
     *
     * @param eta scale, positive
     * @param rate win rate of the response, in [0, 1]
     * @return eta (rate - 1/2)
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double target(double eta, double rate) {
        Require.positive("eta", eta);
        Require.within("rate", rate, 0, 1);
        return eta * (rate - 0.5);
    }

    private static double residual(double ratio, double eta, double rate) {
        return Math.fma(-eta, rate - 0.5, ratio);
    }

    private static void check(double winner, double loser, double eta, double pWin, double pLose) {
        Require.finite("winner", winner);
        Require.finite("loser", loser);
        Require.positive("eta", eta);
        Require.within("pWin", pWin, 0, 1);
        Require.within("pLose", pLose, 0, 1);
    }
}
