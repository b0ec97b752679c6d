package org.konvergo.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.konvergo.Require;
import org.konvergo.notebook.display.Displayable;
import org.konvergo.notebook.display.Html;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.random.RandomStreams;

/**
 * The paper that a notebook reproduces: its citation, the profile and seed of this run, and its
 * claims. Made by {@link Notebook#paper(String)}.
 */
public final class Paper implements Displayable {
    private final Map<String, String> row;
    private final Profile profile;
    private final long seed;
    private final Path output;
    private final long begun = System.nanoTime();
    private final Map<String, Claim> claims = new LinkedHashMap<>();

    Paper(Map<String, String> row, Profile profile, long seed, Path output) {
        this.row = row;
        this.profile = profile;
        this.seed = seed;
        this.output = output;
    }

    /**
     * The paper's short name.
     *
     * @return as in the catalogue
     */
    public String slug() {
        return row.get("slug");
    }

    /**
     * The paper's family, such as {@code transport}.
     *
     * @return as in the catalogue
     */
    public String family() {
        return row.get("family");
    }

    /**
     * The title.
     *
     * @return as in the catalogue
     */
    public String title() {
        return row.get("title");
    }

    /**
     * How much this run computes.
     *
     * @return the profile, from the environment variable KONVERGO_PROFILE
     */
    public Profile profile() {
        return profile;
    }

    /**
     * Whether this is the quick profile.
     *
     * @return true for quick
     */
    public boolean quick() {
        return profile == Profile.QUICK;
    }

    /**
     * The profile's choice of a parameter.
     *
     * @param <T> the parameter's type
     * @param quick for the quick profile
     * @param full for the full profile
     * @return one of the two
     */
    public <T> T choose(T quick, T full) {
        return quick() ? quick : full;
    }

    /**
     * The seed from which all random numbers of this run come.
     *
     * @return 1 unless the notebook gave another
     */
    public long seed() {
        return seed;
    }

    /**
     * The random streams of this run.
     *
     * @return those of the seed
     */
    public RandomStreams streams() {
        return new RandomStreams(seed);
    }

    /**
     * Begins a claim. Running its cell again replaces it.
     *
     * @param id short name, such as {@code C1}
     * @param statement what the paper says, as a sentence
     * @return the claim, to be completed
     * @throws IllegalArgumentException if an argument is empty, or another claim has the id
     */
    public Claim claim(String id, String statement) {
        Require.that(id != null && !id.isBlank(), "id", "not empty", "" + id);
        Require.that(
                statement != null && !statement.isBlank(),
                "statement",
                "not empty",
                "" + statement);
        var former = claims.get(id);
        Require.that(
                former == null || former.statement().equals(statement),
                "id",
                "new",
                id + ", which is the claim: " + (former == null ? "" : former.statement()));
        var claim = new Claim(id, statement, streams().stream("claim " + id, 0));
        claims.put(id, claim);
        return claim;
    }

    /**
     * Decides all claims, writes them as {@code <slug>.claims.json} to the folder KONVERGO_OUTPUT
     * if that is set, and returns the ledger, in which the last cell but one of a notebook ends.
     *
     * @return the ledger
     * @throws IllegalArgumentException if there is no claim, or one lacks its figure or condition
     */
    public Claims claims() {
        var ledger = new Claims(this, decided(), Claims.View.MAIN);
        if (output != null) {
            write(ledger.json((System.nanoTime() - begun) * 1e-9, Datasets.used()));
        }
        return ledger;
    }

    /**
     * The claims on running times. For a cell tagged {@code timing}.
     *
     * @return the ledger of those alone
     * @throws IllegalArgumentException if there is no claim, or one lacks its figure or condition
     */
    public Claims timings() {
        return new Claims(this, decided(), Claims.View.TIMED);
    }

    /**
     * The claims whose figures are not the same bits on every machine. For a cell tagged {@code
     * machine}.
     *
     * @return the ledger of those alone
     * @throws IllegalArgumentException if there is no claim, or one lacks its figure or condition
     */
    public Claims onThisMachine() {
        return new Claims(this, decided(), Claims.View.MACHINE);
    }

    private List<Claim> decided() {
        Require.that(!claims.isEmpty(), "claims", "at least one", "none");
        return new ArrayList<>(claims.values());
    }

    /** Writes beside the target first, so that nobody ever reads half a file. */
    private void write(String json) {
        var file = output.resolve(slug() + ".claims.json");
        try {
            Files.createDirectories(output);
            var part = Files.createTempFile(output, slug(), ".part");
            try {
                Files.writeString(part, json, StandardCharsets.UTF_8);
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the claims could not be written to " + file, e);
        }
    }

    @Override
    public MimeBundle bundle() {
        String arxiv = cell("arxiv");
        String link =
                arxiv.isEmpty()
                        ? ""
                        : ". <a href=\"https://arxiv.org/abs/"
                                + Html.escape(arxiv)
                                + "\">arXiv:"
                                + Html.escape(arxiv)
                                + "</a>";
        String html =
                "<p><strong><cite>"
                        + Html.escape(title())
                        + "</cite></strong><br>\n"
                        + Html.escape(cell("authors"))
                        + " ("
                        + Html.escape(cell("year"))
                        + ")"
                        + link
                        + "<br>\n"
                        + Html.escape(setting())
                        + "</p>";
        return MimeBundle.html(html, this + "\n" + setting());
    }

    private String setting() {
        return "Reproduction: "
                + cell("fidelity")
                + ". Profile: "
                + profile
                + ". Seed: "
                + seed
                + ".";
    }

    private String cell(String column) {
        return row.getOrDefault(column, "");
    }

    @Override
    public String toString() {
        String arxiv = cell("arxiv");
        return cell("authors")
                + ": "
                + title()
                + " ("
                + cell("year")
                + ")"
                + (arxiv.isEmpty() ? "" : ". arXiv:" + arxiv);
    }
}
