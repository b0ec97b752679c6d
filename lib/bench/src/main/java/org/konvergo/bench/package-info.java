/**
 * The library beside its peers, and benchmarks of the kernels by JMH. {@code environment/bench}
 * runs both; speed is measured here and never asserted in a test.
 *
 * <p>A Workload states what is computed: its inputs, drawn from a seed and written to files that
 * every solver reads; the solvers in Java; and a plain measure that judges every answer. A {@link
 * org.konvergo.bench.Worker} is a process that solves one of them again and again and times nothing
 * else; its twin for peers in Python is environment/konvergo_env/peers.py. The driver lets two of
 * them take turns.
 *
 * <p>An answer may tell more than the solution, such as how many evaluations it took: a Workload
 * that tallies them gets a table of its own under the times.
 *
 * <p>To add a pair: a class that extends Workload, as short as Dot; a line in Workloads, with a
 * target if there is one; a function in peers.py for each peer in Python; a line in WorkloadsTest.
 *
 * <p>Why a library that suggests itself is not among the peers of a pair, the pair says: Smile in
 * RidgeLogistic.
 */
package org.konvergo.bench;
