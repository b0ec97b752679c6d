package org.konvergo.bench;

import org.konvergo.method.Method;
import org.konvergo.transport.DualIterate;
import org.konvergo.transport.EntropicTransportDual;
import org.konvergo.transport.SinkhornNewtonSparse;

/** Sweeps and then sparse Newton steps, against the fastest method of a peer. */
final class SinkhornNewton extends EntropicTransport {
    private static final int SWEEPS = 20;
    private static final int KEPT_PER_ROW = 10;

    SinkhornNewton(int n, int eta) {
        super("sinkhorn-newton", "Sinkhorn-Newton-Sparse", n, eta);
    }

    @Override
    Method<? extends DualIterate> method(EntropicTransportDual dual) {
        return new SinkhornNewtonSparse(dual, SWEEPS, KEPT_PER_ROW * dual.rows());
    }
}
