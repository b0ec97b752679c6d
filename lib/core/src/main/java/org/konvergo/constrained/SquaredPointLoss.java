package org.konvergo.constrained;

/** The loss (f - y)^2. */
enum SquaredPointLoss implements PointLoss {
    INSTANCE;

    @Override
    public double value(double f, double y) {
        return (f - y) * (f - y);
    }

    @Override
    public double derivative(double f, double y) {
        return 2 * (f - y);
    }

    @Override
    public double prox(double step, double z, double y) {
        return (z + 2 * step * y) / (1 + 2 * step);
    }
}
