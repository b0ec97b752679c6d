package org.konvergo.problem;

import org.konvergo.linalg.Kernels;

/** The function -f. */
record Negated(Smooth f) implements Smooth {
    @Override
    public int dimension() {
        return f.dimension();
    }

    @Override
    public double value(double[] x) {
        return -f.value(x);
    }

    @Override
    public void gradient(double[] x, double[] gradient) {
        f.gradient(x, gradient);
        Kernels.scale(-1, gradient);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        double value = f.valueAndGradient(x, gradient);
        Kernels.scale(-1, gradient);
        return -value;
    }

    @Override
    public Smooth negated() {
        return f;
    }
}
