package org.konvergo.problem;

/** A twice differentiable function, known by products with its Hessian. */
public interface TwiceSmooth extends Smooth {
    /**
     * Hessian times vector.
     *
     * @param x point of length n
     * @param v vector of length n
     * @param product of length n, overwritten with the Hessian at x times v; neither x nor v
     */
    void hessianVector(double[] x, double[] v, double[] product);
}
