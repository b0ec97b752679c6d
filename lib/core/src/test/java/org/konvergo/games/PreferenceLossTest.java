package org.konvergo.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.konvergo.Rejects;
import org.konvergo.linalg.Kernels;
import org.konvergo.method.GradientDescent;
import org.konvergo.method.Run;
import org.konvergo.method.Stop;
import org.konvergo.random.RandomStreams;

class PreferenceLossTest {
    private static final double[] REFERENCE = {0.3, -0.2, 0.8, 0, -1};

    @ParameterizedTest
    @EnumSource
    void derivativesAreThoseOfTheValue(PreferenceLoss loss) {
        var random = new RandomStreams(1).stream("losses " + loss, 0);
        double h = 1e-5;
        for (int i = 0; i < 50; i++) {
            double w = 2 * random.gaussian();
            double l = 2 * random.gaussian();
            double eta = random.uniform(0.3, 4);
            double p = random.uniform();
            double q = random.uniform();
            var at = loss.at(w, l, eta, p, q);
            double byWinner =
                    (loss.at(w + h, l, eta, p, q).value() - loss.at(w - h, l, eta, p, q).value())
                            / (2 * h);
            double byLoser =
                    (loss.at(w, l + h, eta, p, q).value() - loss.at(w, l - h, eta, p, q).value())
                            / (2 * h);
            assertEquals(byWinner, at.winner(), 1e-6 * Math.max(1, Math.abs(byWinner)));
            assertEquals(byLoser, at.loser(), 1e-6 * Math.max(1, Math.abs(byLoser)));
        }
    }

    @Test
    void valuesByHand() {
        assertEquals(Math.log(2), PreferenceLoss.DPO.at(0, 0, 1).value(), 1e-15);
        assertEquals(0, PreferenceLoss.SPPO.at(1, -1, 2).value(), 0);
        assertEquals(0, PreferenceLoss.SPPO.at(0.3, -0.2, 1, 0.8, 0.3).value(), 1e-30);
        assertEquals(0, PreferenceLoss.IPO.at(3, 1, 2).value(), 0);
        assertEquals(0.25, PreferenceLoss.IPO.at(0, 0, 1, 0.75, 0.25).value(), 0);
        assertEquals(0.6, PreferenceLoss.target(2, 0.8), 1e-15);
        // Far out, where e^margin overflows.
        assertEquals(2000, PreferenceLoss.DPO.at(-2000, 0, 1).value(), 0);
        assertEquals(0, PreferenceLoss.DPO.at(2000, 0, 1).value(), 0);
    }

    /** DPO and IPO do not see a shift of both log-ratios, SPPO does. */
    @Test
    void onlySelfPlaySeesBothLikelihoods() {
        for (var loss : PreferenceLoss.values()) {
            double change = loss.at(3, 1, 1).value() - loss.at(1, -1, 1).value();
            assertEquals(loss == PreferenceLoss.SPPO, Math.abs(change) > 1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tableGradientIsThatOfItsValue(PreferenceLoss loss) {
        var problem = new TabularPreference(loss, 1.5, REFERENCE, 2, 4);
        double[] x = {0.1, 0.4, -0.3, 1, 0.2};
        var gradient = new double[5];
        problem.gradient(x, gradient);
        assertEquals(0, Kernels.sum(gradient), 1e-14); // logits matter up to a constant only
        for (int i = 0; i < 5; i++) {
            double h = 1e-5;
            var plus = x.clone();
            plus[i] += h;
            var minus = x.clone();
            minus[i] -= h;
            double difference = (problem.value(plus) - problem.value(minus)) / (2 * h);
            assertEquals(difference, gradient[i], 1e-6 * Math.max(1, Math.abs(difference)));
        }
    }

    @Test
    void gradientDescentReachesTheTargets() {
        var problem = new TabularPreference(PreferenceLoss.SPPO, 1, REFERENCE, 0, 3);
        assertEquals(0, problem.logRatio(REFERENCE, 0), 1e-15);
        var trace =
                Run.of(new GradientDescent(problem, 0.05, REFERENCE))
                        .measure("winner", x -> problem.logRatio(x, 0))
                        .measure("loser", x -> problem.logRatio(x, 3))
                        .every(1000)
                        .stop(Stop.iterations(3000))
                        .start();
        assertEquals(0.5, trace.last("winner"), 1e-6);
        assertEquals(-0.5, trace.last("loser"), 1e-6);
    }

    @Test
    void directPreferencePushesTheLoserHarder() {
        var problem = new TabularPreference(PreferenceLoss.DPO, 1, REFERENCE, 0, 3);
        var x =
                Run.of(new GradientDescent(problem, 0.05, REFERENCE))
                        .stop(Stop.iterations(5000))
                        .start()
                        .state();
        assertTrue(-problem.logRatio(x, 3) > problem.logRatio(x, 0));
    }

    @Test
    void sequencesAreCountedInBaseVocabulary() {
        var sequences = new SequenceEnumerator(3, 4);
        assertEquals(81, sequences.count());
        assertArrayEquals(new int[] {0, 0, 0, 0}, sequences.sequence(0));
        assertArrayEquals(new int[] {0, 0, 1, 2}, sequences.sequence(5));
        assertArrayEquals(new int[] {2, 2, 2, 2}, sequences.sequence(80));
        assertArrayEquals(new int[] {2, 1, 1}, sequences.tokenCounts(5));
        for (int i = 0; i < 81; i++) {
            assertEquals(i, sequences.index(sequences.sequence(i)));
        }
    }

    @Test
    void badInputIsRefused() {
        var loss = PreferenceLoss.SPPO;
        Rejects.bad(() -> loss.at(Double.NaN, 0, 1), "winner", "NaN");
        Rejects.bad(() -> loss.at(0, Double.NaN, 1), "loser");
        Rejects.bad(() -> PreferenceLoss.DPO.at(0, 0, 0), "eta", "0.0");
        Rejects.bad(() -> PreferenceLoss.IPO.at(0, 0, 1, 1.1, 0), "pWin", "1.1");
        Rejects.bad(() -> loss.at(0, 0, 1, 1, -0.1), "pLose", "-0.1");
        Rejects.bad(() -> PreferenceLoss.target(1, 2), "rate");
        Rejects.bad(() -> new TabularPreference(loss, 0, REFERENCE, 0, 1), "eta");
        Rejects.bad(() -> new TabularPreference(loss, 1, new double[1], 0, 0), "responses");
        Rejects.bad(() -> new TabularPreference(loss, 1, REFERENCE, 5, 1), "winner", "0..4");
        Rejects.bad(() -> new TabularPreference(loss, 1, REFERENCE, 1, 1), "loser", "another");
        var problem = new TabularPreference(loss, 1, REFERENCE, 0, 1);
        Rejects.bad(() -> problem.value(new double[2]), "logits", "length 5");
        Rejects.bad(() -> problem.gradient(REFERENCE, new double[2]), "gradient");
        Rejects.bad(() -> problem.logRatio(REFERENCE, -1), "response");
        Rejects.bad(() -> new SequenceEnumerator(0, 4), "vocabulary");
        Rejects.bad(() -> new SequenceEnumerator(2, 0), "length");
        Rejects.bad(() -> new SequenceEnumerator(10, 10), "vocabulary to the length", "10 to the");
        var sequences = new SequenceEnumerator(2, 3);
        Rejects.bad(() -> sequences.sequence(8), "index", "0..7");
        Rejects.bad(() -> sequences.index(0, 1), "sequence", "length 3");
        Rejects.bad(() -> sequences.index(0, 1, 2), "token 2", "0..1");
    }
}
