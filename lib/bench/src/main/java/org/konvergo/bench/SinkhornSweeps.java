package org.konvergo.bench;

import org.konvergo.method.Method;
import org.konvergo.transport.DualIterate;
import org.konvergo.transport.EntropicTransportDual;
import org.konvergo.transport.StabilizedSinkhorn;

/** Sweeps of scalings. */
final class SinkhornSweeps extends EntropicTransport {
    SinkhornSweeps(int n, int eta) {
        super("sinkhorn", "Sinkhorn's sweeps", n, eta);
    }

    @Override
    Method<? extends DualIterate> method(EntropicTransportDual dual) {
        return new StabilizedSinkhorn(dual);
    }
}
