package org.konvergo.problem;

import org.konvergo.Require;

/**
 * A function of two variables at a fixed first one.
 *
 * @param phi the function
 * @param x the fixed variable
 */
record BilevelSlice(BilevelObjective phi, double[] x) implements TwiceSmooth {
    BilevelSlice {
        Require.length("x", x, phi.dimensionX());
    }

    @Override
    public int dimension() {
        return phi.dimensionY();
    }

    @Override
    public double value(double[] y) {
        return phi.value(x, y);
    }

    @Override
    public void gradient(double[] y, double[] gradient) {
        phi.gradientY(x, y, gradient);
    }

    @Override
    public void hessianVector(double[] y, double[] v, double[] product) {
        phi.hessianYY(x, y, v, product);
    }
}
