package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.matrix;
import static org.konvergo.golden.KernelFigures.values;

import org.konvergo.linalg.ConeProjection;
import org.konvergo.linalg.L1BallProjection;
import org.konvergo.linalg.SingularValueMap;
import org.konvergo.linalg.TotalVariationDenoising;
import org.konvergo.problem.Indicator;
import org.konvergo.problem.NuclearNorm;
import org.konvergo.problem.Proximable;
import org.konvergo.problem.SpectralNorm;
import org.konvergo.problem.TotalVariation;

/** Entries of projections and proximal maps. */
final class ProjectionFigures {
    private ProjectionFigures() {}

    private static double[] valueAndProx(Proximable h) {
        var p = new double[12];
        h.prox(0.7, values(12, "x"), p);
        return Golden.join(p, new double[] {h.value(values(12, "x"))});
    }

    static void addTo(Golden golden) {
        golden.add("L1BallProjection", () -> L1BallProjection.project(values(12, "x"), 2));
        golden.add(
                "ConeProjection",
                () ->
                        Golden.join(
                                ConeProjection.secondOrder(values(9, "x")),
                                ConeProjection.positiveSemidefinite(matrix(5, 5, "a")).data));
        golden.add(
                "SingularValueMap",
                () ->
                        Golden.join(
                                SingularValueMap.softThreshold(matrix(4, 6, "a"), 0.8).data,
                                SingularValueMap.spectralBall(matrix(6, 4, "a"), 0.8).data,
                                SingularValueMap.nuclearBall(matrix(5, 5, "a"), 0.8).data));
        golden.add(
                "TotalVariationDenoising", () -> TotalVariationDenoising.of(values(33, "y"), 0.6));
        golden.add("NuclearNorm", () -> valueAndProx(new NuclearNorm(3, 4, 0.9)));
        golden.add("SpectralNorm", () -> valueAndProx(new SpectralNorm(4, 3, 0.9)));
        golden.add("TotalVariation", () -> valueAndProx(new TotalVariation(0.9)));
        golden.add("Indicator ball", () -> valueAndProx(Indicator.ball(0.9)));
        golden.add("Indicator nuclearBall", () -> valueAndProx(Indicator.nuclearBall(3, 4, 1)));
    }
}
