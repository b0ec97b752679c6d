/**
 * Games between several players.
 *
 * <p>Best replies and the water-filling game of power control: {@link
 * org.konvergo.games.BestResponseDynamics}, {@link org.konvergo.games.InterferenceGame}. Gradient
 * play, in which each player follows the gradient of its own cost: {@link
 * org.konvergo.games.QuadraticGame} and {@link org.konvergo.games.SoftmaxPolicyGame} are operators,
 * played by the methods of {@code org.konvergo.saddle}. Whether play converges is told by {@link
 * org.konvergo.games.SmallGainCertificate} from bounds, by {@link
 * org.konvergo.games.MonotonicityMargin} from the Jacobian and by {@link
 * org.konvergo.games.StabilityThreshold} from its eigenvalues:
 *
 * <pre>{@code
 * var game = QuadraticGame.scalar(new double[][] {{1, 10}, {0.05, 1}});
 * var certificate = SmallGainCertificate.of(game);
 * double[] w = certificate.bestWeights();
 * double alpha = certificate.margin(w);
 * double beta = MonotonicityMargin.of(game.jacobian(), game.spread(w)).lipschitz();
 * double step = SmallGainCertificate.eulerStep(alpha, beta);
 * }</pre>
 *
 * <p>Zero-sum matrix games: {@link org.konvergo.games.MatrixGame}.
 *
 * <p>Games of preferences between responses ({@link org.konvergo.games.PreferenceGame}), with
 * {@linkplain org.konvergo.games.MultiplicativeWeights multiplicative weights} that find their
 * equilibria and the {@linkplain org.konvergo.games.PreferenceLoss losses} that train policies on
 * preferences.
 */
package org.konvergo.games;
