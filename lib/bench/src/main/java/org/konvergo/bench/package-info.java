/**
 * Benchmarks of the kernels, run with JMH.
 *
 * <p>{@code mvn -q package -pl lib/bench -am -DskipTests} builds them, {@code java -cp
 * "lib/bench/target/classes:lib/bench/target/lib/*" org.openjdk.jmh.Main Kernel} runs those whose
 * name holds "Kernel". Speed is measured here and never asserted in a test.
 */
package org.konvergo.bench;
