/**
 * Federated learning: a server and many clients, each with its own data, fit one model. Data stay
 * with the clients; models travel.
 *
 * <p>A round of {@link org.konvergo.federated.FedProx}: the server draws clients ({@link
 * org.konvergo.federated.ClientSampling}), some of them are slow ({@link
 * org.konvergo.federated.StragglerModel}), each works on its {@link
 * org.konvergo.federated.LocalProblem} with a {@link org.konvergo.federated.LocalSolver}, and the
 * server averages what comes back.
 *
 * <pre>{@code
 * var streams = new RandomStreams(1);
 * var data = SyntheticFederatedData.heterogeneous(1, 1).generate(streams.stream("data", 0));
 * var rounds = Participation.of(10, new StragglerModel(0.9, 20));
 * var method = FedProx.of(data, new LocalSgd(0.01, 10), 1, rounds, streams.stream("rounds", 0));
 * var trace = Run.of(method)
 *         .measure("training loss", s -> data.value(s.model()))
 *         .measure("test accuracy", s -> data.testAccuracy(s.model()))
 *         .stop(Stop.iterations(60))
 *         .start();
 * }</pre>
 */
package org.konvergo.federated;
