/**
 * Konvergo: solvers and metrics for reproducing published results.
 *
 * <p>Four ideas carry the library. A {@linkplain org.konvergo.problem problem} states what is
 * solved as a set of oracles. A {@linkplain org.konvergo.method method} is an algorithm: a start
 * and a step. A run drives a method until a stopping rule holds, and returns a trace. A {@linkplain
 * org.konvergo.metric metric} is a pure function with the field's name. Underneath lie {@linkplain
 * org.konvergo.random reproducible random streams} and {@linkplain org.konvergo.linalg kernels}
 * whose results are the same bits on every machine.
 */
package org.konvergo;
