package org.konvergo.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.konvergo.Rejects.bad;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.konvergo.linalg.Kernels;
import org.konvergo.linalg.SingularValues;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStreams;

class PrincipalAnglesTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-12, 1e-6, 0.3, 0.8, 1.5, Math.PI / 2})
    void planesAtAnAngle(double angle) {
        // The planes share the first axis; the second directions differ by the angle.
        var u = new DMatrixRMaj(new double[][] {{1, 1}, {0, 1}, {0, 0}});
        var v =
                new DMatrixRMaj(
                        new double[][] {
                            {2, 1}, {0, StrictMath.cos(angle)}, {0, StrictMath.sin(angle)}
                        });
        double[] angles = PrincipalAngles.of(u, v);
        assertEquals(0, angles[0], 1e-15);
        assertEquals(angle, angles[1], 1e-15 + 1e-14 * angle);
        assertEquals(angle, PrincipalAngles.largest(v, u), 1e-15 + 1e-14 * angle);
    }

    @Property(tries = 30)
    void basesDoNotMatter(@ForAll @LongRange long seed) {
        var random = new RandomStreams(seed).stream("planes", 0);
        var u = RandomMatrices.gaussian(6, 2, random);
        var v = RandomMatrices.gaussian(6, 3, random);
        var other = new DMatrixRMaj(6, 3);
        var mix = RandomMatrices.gaussian(3, 3, random);
        Kernels.gemm(v, mix, other);
        double[] values = SingularValues.of(mix);
        double tolerance = 1e-14 * values[0] / values[2] * 100;
        assertArrayEquals(PrincipalAngles.of(u, v), PrincipalAngles.of(u, other), tolerance);
        assertArrayEquals(PrincipalAngles.of(u, v), PrincipalAngles.of(v, u), 1e-14);
        // A part of a subspace lies in it.
        var part = new DMatrixRMaj(6, 1);
        for (int i = 0; i < 6; i++) {
            part.set(i, 0, u.get(i, 0) - 2 * u.get(i, 1));
        }
        assertTrue(PrincipalAngles.largest(u, part) < 1e-13);
    }

    @Test
    void badInput() {
        var u = new DMatrixRMaj(new double[][] {{1}, {0}});
        bad(() -> PrincipalAngles.of(null, u), "u", "given");
        bad(() -> PrincipalAngles.of(u, new DMatrixRMaj(new double[][] {{1}})), "rows of v", "2");
        bad(() -> PrincipalAngles.of(new DMatrixRMaj(1, 2), u), "columns of u", "1..1");
        bad(() -> PrincipalAngles.of(u, new DMatrixRMaj(2, 1)), "columns of v", "independent");
        bad(
                () -> PrincipalAngles.of(u, new DMatrixRMaj(new double[][] {{Double.NaN}, {1}})),
                "v[0]",
                "finite");
        bad(() -> SingularValues.of(new DMatrixRMaj(0, 2)), "a", "not empty");
        bad(() -> SingularValues.of(new DMatrixRMaj(new double[][] {{Double.NaN}})), "a[0]");
        bad(() -> SingularValues.of(null), "a", "given");
    }

    @Test
    void singularValuesByHand() {
        var a = new DMatrixRMaj(new double[][] {{3, 0}, {4, 5}});
        double[] expected = {Math.sqrt(45), Math.sqrt(5)};
        assertArrayEquals(expected, SingularValues.of(a), 1e-14);
    }
}
