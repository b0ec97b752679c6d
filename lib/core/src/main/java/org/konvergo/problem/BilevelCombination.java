package org.konvergo.problem;

import org.konvergo.Require;
import org.konvergo.linalg.Kernels;

/** The function a f + b g. */
record BilevelCombination(double a, BilevelObjective f, double b, BilevelObjective g)
        implements BilevelObjective {
    BilevelCombination {
        Require.finite("a", a);
        Require.notNull("f", f);
        Require.finite("b", b);
        Require.notNull("g", g);
        Require.that(
                g.dimensionX() == f.dimensionX(),
                "dimensionX of g",
                "that of f, " + f.dimensionX(),
                g.dimensionX());
        Require.that(
                g.dimensionY() == f.dimensionY(),
                "dimensionY of g",
                "that of f, " + f.dimensionY(),
                g.dimensionY());
    }

    @Override
    public int dimensionX() {
        return f.dimensionX();
    }

    @Override
    public int dimensionY() {
        return f.dimensionY();
    }

    @Override
    public double value(double[] x, double[] y) {
        return a * f.value(x, y) + b * g.value(x, y);
    }

    @Override
    public void gradientX(double[] x, double[] y, double[] gradient) {
        var other = new double[gradient.length];
        f.gradientX(x, y, gradient);
        g.gradientX(x, y, other);
        Kernels.axpby(b, other, a, gradient);
    }

    @Override
    public void gradientY(double[] x, double[] y, double[] gradient) {
        var other = new double[gradient.length];
        f.gradientY(x, y, gradient);
        g.gradientY(x, y, other);
        Kernels.axpby(b, other, a, gradient);
    }

    @Override
    public void hessianYY(double[] x, double[] y, double[] v, double[] product) {
        var other = new double[product.length];
        f.hessianYY(x, y, v, product);
        g.hessianYY(x, y, v, other);
        Kernels.axpby(b, other, a, product);
    }

    @Override
    public void hessianXY(double[] x, double[] y, double[] v, double[] product) {
        var other = new double[product.length];
        f.hessianXY(x, y, v, product);
        g.hessianXY(x, y, v, other);
        Kernels.axpby(b, other, a, product);
    }
}
