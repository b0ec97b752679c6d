package org.konvergo.golden;

import static org.konvergo.golden.KernelFigures.stream;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.konvergo.random.Graph;
import org.konvergo.random.RandomGraphs;
import org.konvergo.random.RandomMatrices;
import org.konvergo.random.RandomStream;
import org.konvergo.random.RandomStreams;

/** Entries of the package random. */
final class RandomFigures {
    private RandomFigures() {}

    private static double[] draws(String name, int n, ToDoubleFunction<RandomStream> of) {
        var random = stream(name);
        var x = new double[n];
        Arrays.setAll(x, i -> of.applyAsDouble(random));
        return x;
    }

    private static void draws(Golden golden, String name, ToDoubleFunction<RandomStream> of) {
        golden.add("RandomStream." + name, () -> draws(name, 300, of));
    }

    static void addTo(Golden golden) {
        draws(golden, "uniform", RandomStream::uniform);
        draws(golden, "uniform of an interval", r -> r.uniform(-3, 0.1));
        draws(golden, "integer", r -> r.integer(1000));
        draws(golden, "bernoulli", r -> r.bernoulli(0.3) ? 1 : 0);
        draws(golden, "gaussian", RandomStream::gaussian);
        draws(golden, "exponential", RandomStream::exponential);
        draws(golden, "logNormal", r -> r.logNormal(1, 2));
        draws(golden, "gamma below 1", r -> r.gamma(0.3));
        draws(golden, "gamma", r -> r.gamma(2.5));
        draws(golden, "source", r -> r.source().nextLong() >> 12);
        golden.add("RandomStream.gaussians", () -> stream("gaussians").gaussians(40));
        golden.add("RandomStream.uniforms", () -> stream("uniforms").uniforms(40));
        golden.add("RandomStream.split", () -> stream("split").split("client", 7).gaussians(20));
        golden.add(
                "RandomStream.dirichlet",
                () -> stream("dirichlet").dirichlet(0.01, 0.1, 0.5, 1, 2, 10));
        golden.add(
                "RandomStream.multinomial",
                () -> Golden.doubles(stream("multinomial").multinomial(500, 0.1, 2, 0, 1, 0.4)));
        golden.add(
                "RandomStream.permutation",
                () -> Golden.doubles(stream("permutation").permutation(50)));
        golden.add("RandomStream.subset", () -> Golden.doubles(stream("subset").subset(50, 12)));
        golden.add(
                "RandomStreams",
                () -> {
                    var x = new double[60];
                    Arrays.setAll(
                            x, i -> new RandomStreams(i - 30).stream("seed " + i, i).uniform());
                    return x;
                });
        golden.add(
                "RandomMatrices.gaussian", () -> RandomMatrices.gaussian(5, 7, stream("g")).data);
        golden.add(
                "RandomMatrices.orthonormal",
                () -> RandomMatrices.orthonormal(9, 4, stream("o")).data);
        golden.add(
                "RandomMatrices.orthogonal", () -> RandomMatrices.orthogonal(9, stream("o")).data);
        golden.add(
                "RandomGraphs.erdosRenyi",
                () -> edges(RandomGraphs.erdosRenyi(25, 0.2, stream("graph"))));
        golden.add(
                "RandomGraphs.geometric",
                () -> edges(RandomGraphs.geometric(25, 0.4, stream("graph"))));
        golden.add("RandomGraphs.ring", () -> edges(RandomGraphs.ring(7)));
        golden.add("RandomGraphs.grid", () -> edges(RandomGraphs.grid(3, 4)));
        golden.add(
                "Graph.laplacian",
                () -> RandomGraphs.erdosRenyi(9, 0.4, stream("graph")).laplacian().data);
    }

    private static double[] edges(Graph graph) {
        return graph.edges().stream()
                .flatMapToDouble(e -> Arrays.stream(new double[] {e.from(), e.to()}))
                .toArray();
    }
}
