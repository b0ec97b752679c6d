package org.konvergo.notebook;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.konvergo.notebook.display.Displayable;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.notebook.display.Renderers;

/** A paper's claims, decided: the ledger at the end of its notebook. */
public final class Claims implements Displayable {
    private final Paper paper;
    private final List<Claim> claims;
    private final View view;

    /** Which claims a ledger decides; the others it hides or leaves out. */
    enum View {
        /** Those that are the same everywhere. The others are named, without figure and verdict. */
        MAIN("Claims: "),
        /** Those on running times. */
        TIMED("Timed claims: "),
        /** Those that differ between machines otherwise. */
        MACHINE("Claims decided on this machine: ");

        private final String caption;

        View(String caption) {
            this.caption = caption;
        }

        private boolean decides(Claim claim) {
            return this == (claim.isTiming() ? TIMED : claim.isOnThisMachine() ? MACHINE : MAIN);
        }
    }

    Claims(Paper paper, List<Claim> claims, View view) {
        this.paper = paper;
        this.claims = List.copyOf(claims);
        this.view = view;
        claims.forEach(Claim::verdict); // what is incomplete shows here
    }

    /**
     * The verdict on the paper.
     *
     * @return reproduced if every claim is, not reproduced if none is, else partly
     */
    public Verdict verdict() {
        return verdict(claims);
    }

    private static Verdict verdict(List<Claim> claims) {
        if (claims.stream().allMatch(c -> c.verdict() == Verdict.REPRODUCED)) {
            return Verdict.REPRODUCED;
        }
        return claims.stream().allMatch(c -> c.verdict() == Verdict.NOT_REPRODUCED)
                ? Verdict.NOT_REPRODUCED
                : Verdict.PARTLY;
    }

    @Override
    public MimeBundle bundle() {
        var shown = view == View.MAIN ? claims : claims.stream().filter(view::decides).toList();
        var table =
                Tables.of(
                        caption(),
                        "claim",
                        shown.stream().map(Claim::id).toArray(String[]::new),
                        "statement",
                        shown.stream().map(Claim::statement).toArray(String[]::new),
                        "paper",
                        shown.stream().map(Claim::paperFigure).toArray(String[]::new),
                        "measured",
                        shown.stream().map(this::measured).toArray(String[]::new),
                        "needed",
                        shown.stream().map(Claim::conditionText).toArray(String[]::new),
                        "verdict",
                        shown.stream().map(this::verdictText).toArray(String[]::new));
        if (shown.stream().anyMatch(c -> !c.noteText().isEmpty() && !hidden(c))) {
            table.addColumns(
                    tech.tablesaw.api.StringColumn.create(
                            "note",
                            shown.stream().map(c -> hidden(c) ? "" : c.noteText()).toList()));
        }
        return Renderers.render(table);
    }

    /** Whether a claim's figure differs from run to run and this ledger must not. */
    private boolean hidden(Claim claim) {
        return !view.decides(claim);
    }

    private String measured(Claim claim) {
        return hidden(claim) ? "differs between machines" : claim.figureText();
    }

    private String verdictText(Claim claim) {
        return hidden(claim)
                ? (claim.isTiming() ? "timed apart" : "decided apart")
                : claim.verdict().label();
    }

    private String caption() {
        var counted = claims.stream().filter(view::decides).toList();
        long found = counted.stream().filter(c -> c.verdict() == Verdict.REPRODUCED).count();
        return view.caption
                + found
                + " of "
                + counted.size()
                + " reproduced"
                + (view == View.MAIN ? apart(View.TIMED, "timed") : "")
                + (view == View.MAIN ? apart(View.MACHINE, "decided") : "")
                + " ("
                + paper.profile()
                + " profile, seed "
                + paper.seed()
                + ")";
    }

    private String apart(View other, String verb) {
        long count = claims.stream().filter(other::decides).count();
        return count == 0 ? "" : ", " + count + " " + verb + " apart";
    }

    /** The ledger for the report, provenance included. */
    String json(double seconds, Map<String, String> dataHashes) {
        var json = new JsonObject();
        json.addProperty("schema", 1);
        json.addProperty("slug", paper.slug());
        json.addProperty("family", paper.family());
        json.addProperty("title", paper.title());
        json.addProperty("profile", paper.profile().toString());
        json.addProperty("seed", paper.seed());
        json.addProperty("seconds", Math.rint(seconds * 1000) / 1000);
        json.addProperty("verdict", verdict().name());
        var array = new JsonArray();
        for (var claim : claims) {
            array.add(json(claim));
        }
        json.add("claims", array);
        json.add("provenance", Provenance.json(dataHashes));
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .serializeNulls()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(json)
                + "\n";
    }

    private static JsonObject json(Claim claim) {
        var json = new JsonObject();
        json.addProperty("id", claim.id());
        json.addProperty("statement", claim.statement());
        json.addProperty("paper", claim.paperFigure());
        json.add("measured", number(claim.figure()));
        json.addProperty(
                "measuredBits",
                String.format(Locale.ROOT, "%016x", Double.doubleToLongBits(claim.figure())));
        JsonElement interval = JsonNull.INSTANCE;
        if (claim.interval() != null) {
            var ends = new JsonArray();
            ends.add(number(claim.interval().low()));
            ends.add(number(claim.interval().high()));
            interval = ends;
        }
        json.add("interval", interval);
        json.addProperty("unit", claim.unit());
        json.addProperty("condition", claim.conditionText());
        json.addProperty("verdict", claim.verdict().name());
        json.addProperty("note", claim.noteText());
        json.addProperty("timing", claim.isTiming());
        json.addProperty("machine", claim.isOnThisMachine());
        return json;
    }

    /** JSON has no NaN and no infinity: they are written as text. */
    private static JsonPrimitive number(double x) {
        return Double.isFinite(x) ? new JsonPrimitive(x) : new JsonPrimitive(Double.toString(x));
    }
}
