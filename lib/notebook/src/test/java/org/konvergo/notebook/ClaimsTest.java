package org.konvergo.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.konvergo.notebook.display.MimeBundle;

class ClaimsTest {
    private static Paper paper(Path output) {
        var row =
                Map.of(
                        "slug", "some-paper",
                        "family", "games",
                        "year", "2024",
                        "arxiv", "2401.00001",
                        "fidelity", "exact",
                        "title", "A <Title>",
                        "authors", "A. Author, B. Author");
        return new Paper(row, Profile.QUICK, 1, output);
    }

    private static Verdict verdict(double measured, Condition condition) {
        return paper(null).claim("C1", "s").measured(measured).is(condition).verdict();
    }

    @Test
    void boundsThemselvesFulfil() {
        assertEquals(Verdict.REPRODUCED, verdict(10, Condition.atLeast(10)));
        assertEquals(Verdict.NOT_REPRODUCED, verdict(Math.nextDown(10.0), Condition.atLeast(10)));
        assertEquals(Verdict.REPRODUCED, verdict(10, Condition.atMost(10)));
        assertEquals(Verdict.NOT_REPRODUCED, verdict(Math.nextUp(10.0), Condition.atMost(10)));
        assertEquals(Verdict.REPRODUCED, verdict(1.5, Condition.within(1, 0.5)));
        assertEquals(Verdict.REPRODUCED, verdict(0.5, Condition.within(1, 0.5)));
        assertEquals(Verdict.NOT_REPRODUCED, verdict(1.5000001, Condition.within(1, 0.5)));
        assertEquals(Verdict.REPRODUCED, verdict(2, Condition.between(2, 3)));
        assertEquals(Verdict.REPRODUCED, verdict(3, Condition.between(2, 3)));
        assertEquals(Verdict.NOT_REPRODUCED, verdict(3.1, Condition.between(2, 3)));
    }

    @Property
    void nothingThatIsNaNIsReproduced(@ForAll double bound) {
        if (Double.isFinite(bound)) {
            assertEquals(Verdict.NOT_REPRODUCED, verdict(Double.NaN, Condition.atLeast(bound)));
            assertEquals(Verdict.NOT_REPRODUCED, verdict(Double.NaN, Condition.atMost(bound)));
        }
    }

    @Test
    void weakerConditionMakesPartly() {
        var paper = paper(null);
        var claim = paper.claim("C1", "s").measured(5).atLeast(10).partlyIf(Condition.atLeast(3));
        assertEquals(Verdict.PARTLY, claim.verdict());
        assertEquals(
                Verdict.REPRODUCED,
                paper.claim("C2", "s")
                        .measured(11)
                        .atLeast(10)
                        .partlyIf(Condition.atLeast(3))
                        .verdict());
        assertEquals(
                Verdict.NOT_REPRODUCED,
                paper.claim("C3", "s")
                        .measured(2)
                        .atLeast(10)
                        .partlyIf(Condition.atLeast(3))
                        .verdict());
        assertEquals(Verdict.PARTLY, paper.claim("C4", "s").holds(false).partlyIf(true).verdict());
        assertEquals(
                Verdict.NOT_REPRODUCED,
                paper.claim("C5", "s").holds(false).partlyIf(false).verdict());
        assertEquals(Verdict.REPRODUCED, paper.claim("C6", "s").holds(true).verdict());
        assertEquals(
                Verdict.NOT_REPRODUCED,
                paper.claim("C7", "s").measured(Double.NaN).holds(true).verdict(),
                "a figure that is not a number decides");
        assertTrue(paper.claims().bundle().text().contains(">= 10 (partly: >= 3)"));
    }

    @Test
    void sampleIsJudgedByItsMedianAndAlwaysShowsTheSameInterval() {
        var claim = paper(null).claim("C1", "s").measured(new double[] {1, 2, 3, 4, 100}).atMost(3);
        assertEquals(Verdict.REPRODUCED, claim.verdict());
        assertEquals("3 [1, 100]", claim.figureText());
        var same = paper(null).claim("C1", "s").measured(new double[] {1, 2, 3, 4, 100}).atMost(3);
        assertEquals(claim.interval(), same.interval());
        assertEquals(
                Verdict.NOT_REPRODUCED,
                paper(null)
                        .claim("C1", "s")
                        .measured(new double[] {1, Double.NaN, 3})
                        .atMost(3)
                        .verdict());
    }

    @Test
    void ledgerReadsWell() {
        var paper = paper(null);
        paper.claim("C1", "Ten <times> faster")
                .paper("Table 1")
                .measured(12.5)
                .unit("s")
                .atLeast(10);
        paper.claim("C2", "Rate").measured(-1.98).slope(-2, 0.1);
        paper.claim("C3", "Bad").measured(Double.NaN).atMost(1).note("tried twice");
        assertEquals(
                """
                Claims: 2 of 3 reproduced (quick profile, seed 1)
                claim  statement           paper    measured  needed          verdict           note
                C1     Ten <times> faster  Table 1  12.5 s    >= 10           ✓ REPRODUCED
                C2     Rate                         -1.98     slope -2 ± 0.1  ✓ REPRODUCED
                C3     Bad                          NaN       <= 1            ✗ NOT REPRODUCED  the figure is NaN; tried twice\
                """,
                paper.claims().bundle().text());
        String html = paper.claims().bundle().data().get(MimeBundle.HTML);
        assertTrue(html.contains("Ten &lt;times&gt; faster"));
        assertEquals(Verdict.PARTLY, paper.claims().verdict());
    }

    @Test
    void timedFiguresStayOutOfTheLedger() {
        var paper = paper(null);
        paper.claim("C1", "Fast").measured(0.123).unit("s").timing().atMost(1).note("0.123");
        paper.claim("C2", "Right").holds(true);
        String ledger = paper.claims().bundle().text();
        assertFalse(ledger.contains("0.123"), ledger);
        assertTrue(ledger.contains("1 of 1 reproduced, 1 timed apart"), ledger);
        assertFalse(
                paper.claim("C1", "Fast")
                        .measured(0.123)
                        .timing()
                        .atMost(1)
                        .toString()
                        .contains("0.123"));
        String timings = paper.timings().bundle().text();
        assertTrue(timings.contains("0.123"), timings);
        assertFalse(timings.contains("Right"), timings);
    }

    @Test
    void figuresOfThisMachineStandApart() {
        var paper = paper(null);
        paper.claim("C1", "Everywhere").measured(1).atLeast(0);
        paper.claim("C2", "Here").measured(0.123).onThisMachine().atMost(1).note("seen here");
        paper.claim("C3", "Fast").measured(7).timing().atMost(1);
        String ledger = paper.claims().bundle().text();
        assertTrue(ledger.contains("1 of 1 reproduced, 1 timed apart, 1 decided apart"), ledger);
        assertTrue(ledger.contains("differs between machines"), ledger);
        assertFalse(ledger.contains("0.123") || ledger.contains("seen here"), ledger);
        String here = paper.onThisMachine().bundle().text();
        assertTrue(here.contains("decided on this machine: 1 of 1 reproduced"), here);
        assertTrue(here.contains("0.123") && here.contains("seen here"), here);
        assertFalse(here.contains("Everywhere") || here.contains("Fast"), here);
        assertEquals(Verdict.PARTLY, paper.claims().verdict());
        assertTrue(paper.claims().json(1, java.util.Map.of()).contains("\"machine\": true"));
    }

    @Test
    void runningACellAgainReplacesItsClaim() {
        var paper = paper(null);
        paper.claim("C1", "s").measured(1).atLeast(2);
        paper.claim("C1", "s").measured(3).atLeast(2);
        assertEquals(Verdict.REPRODUCED, paper.claims().verdict());
    }

    @Test
    void jsonHoldsEverything(@TempDir Path folder) throws IOException {
        var output = folder.resolve("new/folder");
        var paper = paper(output);
        paper.claim("C1", "s").paper("Table 1").measured(12.5).atLeast(10).note("n");
        paper.claim("C2", "s2").measured(new double[] {1, 2, 3}).atLeast(10);
        paper.claim("C3", "s3").measured(Double.NaN).atLeast(10);
        paper.claim("C4", "s4").measured(Double.NEGATIVE_INFINITY).atMost(10);
        paper.claim("C5", "s5").holds(true);
        paper.claims();
        JsonObject json =
                JsonParser.parseString(Files.readString(output.resolve("some-paper.claims.json")))
                        .getAsJsonObject();
        assertEquals(1, json.get("schema").getAsInt());
        assertEquals("some-paper", json.get("slug").getAsString());
        assertEquals("games", json.get("family").getAsString());
        assertEquals("A <Title>", json.get("title").getAsString());
        assertEquals("quick", json.get("profile").getAsString());
        assertEquals(1, json.get("seed").getAsLong());
        assertTrue(json.get("seconds").getAsDouble() >= 0);
        assertEquals("PARTLY", json.get("verdict").getAsString());
        var claims = json.getAsJsonArray("claims");
        var first = claims.get(0).getAsJsonObject();
        assertEquals("C1", first.get("id").getAsString());
        assertEquals("Table 1", first.get("paper").getAsString());
        assertEquals(12.5, first.get("measured").getAsDouble());
        assertEquals("4029000000000000", first.get("measuredBits").getAsString());
        assertTrue(first.get("interval").isJsonNull());
        assertEquals(">= 10", first.get("condition").getAsString());
        assertEquals("REPRODUCED", first.get("verdict").getAsString());
        assertEquals("n", first.get("note").getAsString());
        assertEquals(2, claims.get(1).getAsJsonObject().getAsJsonArray("interval").size());
        assertEquals("NaN", claims.get(2).getAsJsonObject().get("measured").getAsString());
        assertEquals("-Infinity", claims.get(3).getAsJsonObject().get("measured").getAsString());
        assertEquals(1, claims.get(4).getAsJsonObject().get("measured").getAsDouble());
        var provenance = json.getAsJsonObject("provenance");
        for (String key : new String[] {"library", "jdk", "os", "cpu"}) {
            assertFalse(provenance.get(key).getAsString().isEmpty(), key);
        }
        assertTrue(provenance.get("cores").getAsInt() >= 1);
        assertTrue(provenance.get("threads").getAsInt() >= 1);
        assertTrue(provenance.has("simd") && provenance.has("data"));
        try (var files = Files.list(output)) {
            assertEquals(1, files.count(), "nothing but the ledger is left");
        }
    }

    @Test
    void verdictOnThePaperIsAllOrNoneOrPartly() {
        var all = paper(null);
        all.claim("C1", "s").holds(true);
        assertEquals(Verdict.REPRODUCED, all.claims().verdict());
        var none = paper(null);
        none.claim("C1", "s").holds(false);
        assertEquals(Verdict.NOT_REPRODUCED, none.claims().verdict());
        var partly = paper(null);
        partly.claim("C1", "s").holds(false).partlyIf(true);
        assertEquals(Verdict.PARTLY, partly.claims().verdict());
    }

    @Test
    void refusesIncompleteAndAmbiguousClaims() {
        var paper = paper(null);
        Rejects.bad(() -> paper.claims(), "claims", "none");
        paper.claim("C1", "s");
        Rejects.bad(() -> paper.claims(), "condition of claim C1", "none");
        Rejects.bad(() -> paper.claim("C1", "another"), "id", "C1");
        Rejects.bad(() -> paper.claim("", "s"), "id");
        Rejects.bad(() -> paper.claim("C2", " "), "statement");
        Rejects.bad(() -> paper.claim("C1", "s").atLeast(1).atMost(2), "given once");
        Rejects.bad(() -> paper.claim("C1", "s").holds(true).atMost(2), "given once");
        Rejects.bad(
                () -> paper.claim("C1", "s").partlyIf(true).partlyIf(Condition.atMost(2)),
                "weaker condition");
        Rejects.bad(() -> paper.claim("C1", "s").atLeast(1).verdict(), "figure of claim C1");
        Rejects.bad(() -> paper.claim("C1", "s").measured(new double[0]), "sample");
        Rejects.bad(() -> Condition.atLeast(Double.NaN), "bound");
        Rejects.bad(() -> Condition.between(2, 1), "high");
        Rejects.bad(() -> Condition.within(1, -1), "tolerance");
    }
}
