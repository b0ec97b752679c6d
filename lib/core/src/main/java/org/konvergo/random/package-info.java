/**
 * Random numbers that are a function of names.
 *
 * <p>An experiment asks {@link org.konvergo.random.RandomStreams} for a stream by its name and the
 * number of the replicate. The stream depends on these and the seed alone: adding an experiment,
 * changing an order or running replicates in parallel changes no other draw.
 *
 * <pre>{@code
 * var streams = new RandomStreams(1);
 * var channel = streams.stream("channel", 0);
 * double[] h = channel.gaussians(16);
 * }</pre>
 */
package org.konvergo.random;
