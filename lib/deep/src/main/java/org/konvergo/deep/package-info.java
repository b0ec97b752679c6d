/**
 * Small deep models and their training, in the terms of the Deep Java Library (DJL) on PyTorch: a
 * {@code Block} is a module, a {@code Loss} an objective, an {@code Optimizer} what moves the
 * weights.
 *
 * <p>{@link org.konvergo.deep.Torch} loads PyTorch, offline and on one thread, and makes models
 * whose first weights come from a named random stream; {@link org.konvergo.deep.TrainingLoop} is a
 * {@link org.konvergo.method.Method}, so that a {@link org.konvergo.method.Run} drives it, stops it
 * and measures it like any other.
 *
 * <p>What this package computes repeats itself, bit for bit, on one machine with one build of
 * PyTorch. It is not the same bits everywhere: PyTorch chooses its kernels by the processor. The
 * first weights, samples and batches, which come from {@link org.konvergo.random.RandomStreams},
 * are.
 */
package org.konvergo.deep;
