package org.konvergo.games;

import org.konvergo.Require;

/**
 * All sequences of a length over a vocabulary, in lexicographic order: sequence number i is i
 * written with as many digits, in base vocabulary, the first token the most significant. So the
 * sequences with a common beginning stand next to one another.
 *
 * @param vocabulary number of tokens, at least 1; tokens are 0..vocabulary-1
 * @param length tokens a sequence, at least 1
 */
public record SequenceEnumerator(int vocabulary, int length) {
    /**
     * Checks the arguments.
     *
     * @param vocabulary as above
     * @param length as above
     * @throws IllegalArgumentException if a number is below 1, or there are more than 2^31 - 1
     *     sequences
     */
    public SequenceEnumerator {
        Require.atLeast("vocabulary", vocabulary, 1);
        Require.atLeast("length", length, 1);
        long count = 1;
        for (int i = 0; i < length; i++) {
            count *= vocabulary;
            Require.that(
                    count <= Integer.MAX_VALUE,
                    "vocabulary to the length",
                    "at most " + Integer.MAX_VALUE,
                    vocabulary + " to the " + length);
        }
    }

    /**
     * Number of sequences.
     *
     * @return vocabulary to the length
     */
    public int count() {
        int count = 1;
        for (int i = 0; i < length; i++) {
            count *= vocabulary;
        }
        return count;
    }

    /**
     * A sequence.
     *
     * @param index its number, below {@link #count()}
     * @return its tokens, a new array of the length
     * @throws IllegalArgumentException if the index is out of range
     */
    public int[] sequence(int index) {
        Require.index("index", index, count());
        var tokens = new int[length];
        int rest = index;
        for (int i = length - 1; i >= 0; i--) {
            tokens[i] = rest % vocabulary;
            rest /= vocabulary;
        }
        return tokens;
    }

    /**
     * The number of a sequence.
     *
     * @param sequence its tokens
     * @return its number, below {@link #count()}
     * @throws IllegalArgumentException if it has another length or a token is out of range
     */
    public int index(int... sequence) {
        Require.notNull("sequence", sequence);
        Require.that(sequence.length == length, "sequence", "of length " + length, sequence.length);
        int index = 0;
        for (int i = 0; i < length; i++) {
            index = index * vocabulary + Require.index("token " + i, sequence[i], vocabulary);
        }
        return index;
    }

    /**
     * How often each token occurs in a sequence.
     *
     * @param index the sequence's number, below {@link #count()}
     * @return one count a token; they sum to the length
     * @throws IllegalArgumentException if the index is out of range
     */
    public int[] tokenCounts(int index) {
        var counts = new int[vocabulary];
        for (int token : sequence(index)) {
            counts[token]++;
        }
        return counts;
    }
}
