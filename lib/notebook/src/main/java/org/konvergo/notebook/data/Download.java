package org.konvergo.notebook.data;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Fetches a file once and for all. It is written under another name beside its place, where an
 * interrupted download goes on next time, and moved there only when its SHA-256 is right: a reader
 * never sees half a file.
 */
public final class Download {
    /** Milliseconds without an answer. */
    private static final int PATIENCE = 30_000;

    private Download() {}

    /**
     * Fetches a file unless it is there.
     *
     * @param address where from
     * @param target where to; its folder is made
     * @param sha256 the hash it must have, in lower-case hexadecimal digits
     * @throws IOException if it cannot be had, or has another hash; says what to do
     */
    public static synchronized void fetch(URI address, Path target, String sha256)
            throws IOException {
        if (Files.isRegularFile(target)) {
            return;
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        var part = target.resolveSibling(target.getFileName() + ".part");
        // Two processes may want the same file: the second waits for the first. The lock's file
        // stays, or a third process could lock another one of the same name.
        var lock = target.resolveSibling(target.getFileName() + ".lock");
        try (var channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid() || Files.isRegularFile(target)) {
                return;
            }
            get(address, part);
            String actual = sha256(part);
            if (!actual.equals(sha256)) {
                Files.delete(part);
                throw new IOException(
                        target.getFileName()
                                + " from "
                                + address
                                + " should have SHA-256 "
                                + sha256
                                + ", has "
                                + actual
                                + "; it was thrown away");
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void get(URI address, Path part) throws IOException {
        try {
            long have = Files.exists(part) ? Files.size(part) : 0;
            var connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            if (have > 0) {
                connection.setRequestProperty("Range", "bytes=" + have + "-");
            }
            switch (connection.getResponseCode()) {
                case 200 -> copy(connection, part, StandardOpenOption.TRUNCATE_EXISTING);
                case 206 -> copy(connection, part, StandardOpenOption.APPEND);
                case 416 -> {
                    // Nothing is missing: the hash decides.
                }
                default -> throw new IOException("the server says " + connection.getResponseCode());
            }
        } catch (IOException e) {
            throw new IOException(
                    address
                            + " could not be fetched ("
                            + e
                            + "). Run environment/setup where there is a network, or put the file"
                            + " into "
                            + part.toAbsolutePath().getParent()
                            + ". What came so far is kept, and the next try goes on from there.",
                    e);
        }
    }

    private static void copy(HttpURLConnection connection, Path part, StandardOpenOption option)
            throws IOException {
        long promised = connection.getContentLengthLong();
        try (var body = connection.getInputStream();
                var out =
                        Files.newOutputStream(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                option)) {
            long came = body.transferTo(out);
            if (came < promised) {
                // The connection ended early, of which the stream says nothing.
                throw new IOException("only " + came + " of " + promised + " bytes came");
            }
        }
    }

    /**
     * SHA-256 of a file.
     *
     * @param file the file
     * @return 64 lower-case hexadecimal digits
     * @throws IOException if it cannot be read
     */
    public static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
