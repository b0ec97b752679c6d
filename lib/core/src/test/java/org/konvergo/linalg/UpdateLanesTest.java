package org.konvergo.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.konvergo.random.RandomStreams;

/** Updates in vector registers and in plain Java have the same bits. */
class UpdateLanesTest {
    private static final UpdateLanes SCALAR = new ScalarUpdateLanes();
    private static final UpdateLanes VECTOR =
            Simd.choose(UpdateLanes.class, "VectorUpdateLanes", SCALAR);

    /** Both change a copy of z; all of it is compared, so that nothing outside a range changes. */
    private static void same(double[] z, BiConsumer<UpdateLanes, double[]> update) {
        double[] plain = z.clone();
        double[] registers = z.clone();
        update.accept(SCALAR, plain);
        update.accept(VECTOR, registers);
        assertArrayEquals(plain, registers);
    }

    @Property
    void updates(
            @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 9) int p,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        var random = new RandomStreams(seed).stream("updates", 0);
        double[] x = LanesTest.values(n, random, special);
        double[] y = LanesTest.values(n, random, special);
        double[] far = LanesTest.values(n + p + 3, random, special);
        double a = special ? y.length > 3 ? y[3] : -0.0 : random.gaussian();
        double t = Math.abs(random.gaussian());
        same(far, (lanes, z) -> lanes.axpy(a, x, 0, z, p, n));
        same(y, (lanes, z) -> lanes.axpby(a, x, t, z));
        same(far, (lanes, z) -> lanes.scale(a, z, p, n));
        same(far, (lanes, z) -> lanes.multiply(x, 0, y, 0, z, p, n));
        same(far, (lanes, z) -> lanes.multiply(z, p, y, 0, z, p, n));
        same(x, (lanes, z) -> lanes.gradientStep(z, a, y, z));
        same(x, (lanes, z) -> lanes.proximalGradientStep(x, a, z, t, z));
        same(x, (lanes, z) -> lanes.softThreshold(z, t, z));
        same(x, (lanes, z) -> lanes.softThreshold(z, 0, z));
        same(x, (lanes, z) -> lanes.extrapolate(z, y, a, z));
    }

    @Property(tries = 200)
    void transposedMatrixTimesVector(
            @ForAll @IntRange(max = 30) int rows,
            @ForAll @IntRange(max = 40) int cols,
            @ForAll @LongRange long seed,
            @ForAll boolean special) {
        var random = new RandomStreams(seed).stream("updates", 0);
        double[] a = LanesTest.values(rows * cols, random, special);
        double[] x = LanesTest.values(rows, random, special);
        same(new double[cols], (lanes, y) -> lanes.gemvTransposed(a, rows, x, y));
    }
}
