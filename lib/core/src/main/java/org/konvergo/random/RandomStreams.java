package org.konvergo.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.konvergo.Require;

/**
 * The random streams of one seed, each named by an experiment and a replicate.
 *
 * @param seed any number
 */
public record RandomStreams(long seed) {

    /**
     * The stream of a replicate of an experiment: equal arguments give equal streams, different
     * ones give streams that are independent for all practical purposes (the generator's state is a
     * SHA-256 hash of the arguments).
     *
     * @param experiment name of the experiment, not empty
     * @param replicate number of the replicate
     * @return a new stream at its beginning
     * @throws IllegalArgumentException if the name is null or empty
     */
    public RandomStream stream(String experiment, long replicate) {
        return new RandomStream(key(new byte[0], seed, experiment, replicate));
    }

    static byte[] key(byte[] parent, long seed, String name, long index) {
        Require.that(name != null && !name.isEmpty(), "name of the stream", "not empty", "" + name);
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        var message = ByteBuffer.allocate(parent.length + text.length + 2 * Long.BYTES);
        message.put(parent).putLong(seed).put(text).putLong(index);
        try {
            return MessageDigest.getInstance("SHA-256").digest(message.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
