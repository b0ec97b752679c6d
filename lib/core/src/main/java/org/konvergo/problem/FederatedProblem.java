package org.konvergo.problem;

/**
 * A weighted average f(w) = sum of p_k F_k(w), where F_k is known to client k alone and p_k is its
 * share of all samples.
 */
public interface FederatedProblem {
    /**
     * Number of clients.
     *
     * @return at least 1
     */
    int clients();

    /**
     * Number of model parameters.
     *
     * @return n, at least 1
     */
    int dimension();

    /**
     * The objective of a client, an average over its own samples.
     *
     * @param k client in 0..clients()-1
     * @return F_k, whose number of terms is the client's number of samples
     */
    FiniteSum client(int k);

    /**
     * Share of a client in all samples.
     *
     * @param k client
     * @return p_k, positive; the shares sum to 1
     */
    default double weight(int k) {
        long total = 0;
        for (int i = 0; i < clients(); i++) {
            total += client(i).terms();
        }
        return (double) client(k).terms() / total;
    }
}
