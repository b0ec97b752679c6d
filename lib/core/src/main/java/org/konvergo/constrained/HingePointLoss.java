package org.konvergo.constrained;

/** The loss max(0, 1 - y f). */
enum HingePointLoss implements PointLoss {
    INSTANCE;

    @Override
    public double value(double f, double y) {
        return Math.max(0, 1 - y * f);
    }

    @Override
    public double derivative(double f, double y) {
        return y * f < 1 ? -y : 0;
    }

    @Override
    public double prox(double step, double z, double y) {
        // The margin moves towards 1 by at most step * y^2.
        double need = (1 - y * z) / (y * y);
        return z + y * Math.min(step, Math.max(0, need));
    }
}
