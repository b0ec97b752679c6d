/**
 * Kernels whose results are the same bits on every machine.
 *
 * <p>Vectors are {@code double[]}, dense matrices EJML's row-major {@link
 * org.ejml.data.DMatrixRMaj}, sparse ones {@link org.ejml.data.DMatrixSparseCSC}, complex ones
 * {@link org.ejml.data.ZMatrixRMaj} ({@link org.konvergo.linalg.ComplexKernels}, {@link
 * org.konvergo.linalg.ComplexCholesky}). Three rules make the results independent of the hardware:
 *
 * <ul>
 *   <li>a sum over n terms runs over 8 virtual lanes, term i in lane i mod 8, and the lanes are
 *       combined in the tree ((0+4)+(2+6)) + ((1+5)+(3+7)), whatever the width of the machine's
 *       registers;
 *   <li>an entry of a matrix product adds its terms in the order of the inner index;
 *   <li>the only operations are +, -, *, /, square root and fused multiply-add, which IEEE 754
 *       defines to the last bit; exp, log, tanh and the like are polynomials of these.
 * </ul>
 *
 * <p>The hot loops have two forms with the same bits: plain Java, and vector registers where the
 * JVM has the module {@code jdk.incubator.vector}. The system property {@code konvergo.simd} turns
 * the second off ({@code off}) or sets its width ({@code 128}, {@code 256}, {@code 512}).
 *
 * <p>Parallel work ({@link org.konvergo.linalg.Parallel}) is cut into pieces that do not depend on
 * the number of threads, and joined in order.
 */
package org.konvergo.linalg;
