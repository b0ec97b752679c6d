package org.konvergo.bench;

import org.konvergo.method.Method;
import org.konvergo.transport.DualIterate;
import org.konvergo.transport.EntropicTransportDual;
import org.konvergo.transport.Sinkhorn;

/** Sweeps in the log domain. */
final class SinkhornLogSweeps extends EntropicTransport {
    SinkhornLogSweeps(int n, int eta) {
        super("sinkhorn-log", "Sinkhorn's sweeps in logs", n, eta);
    }

    @Override
    Method<? extends DualIterate> method(EntropicTransportDual dual) {
        return new Sinkhorn(dual);
    }
}
