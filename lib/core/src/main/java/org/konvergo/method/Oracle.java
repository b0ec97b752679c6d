package org.konvergo.method;

/** What a method may ask of a problem or send over a network, for counting. */
public enum Oracle {
    /** Evaluations of a function. */
    VALUE("values"),
    /** Evaluations of a gradient or an operator. */
    GRADIENT("gradients"),
    /** Evaluations of a single term of a sum of gradients or operators. */
    COMPONENT("component evaluations"),
    /** Products of a Hessian and a vector. */
    HESSIAN_VECTOR("Hessian-vector products"),
    /** Proximal maps, projections and best replies. */
    PROX("proximal maps"),
    /** Rounds in which server and clients, or neighbours, exchange messages. */
    COMMUNICATION_ROUND("communication rounds"),
    /** Floating-point numbers sent, over all messages. */
    FLOATS_SENT("floats sent");

    private final String label;

    Oracle(String label) {
        this.label = label;
    }

    /**
     * Name for tables and axes.
     *
     * @return a plural noun
     */
    public String label() {
        return label;
    }
}
