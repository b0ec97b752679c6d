package org.konvergo.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.konvergo.notebook.display.MimeBundle;
import org.konvergo.random.RandomStreams;

class PaperTest {
    @TempDir Path home;

    @BeforeEach
    void writeCatalogue() throws IOException {
        Files.createDirectories(home.resolve("notebooks/games"));
        Files.writeString(
                home.resolve("notebooks/papers.csv"),
                """
                slug,family,year,arxiv,fidelity,title,authors
                fedprox,federated,2018,1812.06127,exact,Federated Optimization,"T. Li, A. Sahu"
                fedspeed,federated,2023,,scaled,"The ""fast"" <one>",L. Shen
                mirror-prox,saddle,2004,,theorem,Prox-method,A. Nemirovski
                """);
    }

    private Paper paper(String slug, Map<String, String> environment) {
        return Notebook.paper(slug, 1, environment, home.resolve("notebooks/games"));
    }

    @Test
    void isFoundUpwardAndByVariable() {
        assertEquals("Federated Optimization", paper("fedprox", Map.of()).title());
        var elsewhere = Path.of(System.getProperty("java.io.tmpdir"));
        var found =
                Notebook.paper("fedprox", 1, Map.of("KONVERGO_HOME", home.toString()), elsewhere);
        assertEquals("federated", found.family());
        assertThrows(
                IllegalStateException.class,
                () -> Notebook.paper("fedprox", 1, Map.of("KONVERGO_HOME", "/nowhere"), home));
    }

    @Test
    void unknownSlugNamesTheNearest() {
        Rejects.bad(() -> paper("fedprx", Map.of()), "fedprox", "was fedprx");
        Rejects.bad(() -> paper("prox", Map.of()), "fedprox", "mirror-prox");
        Rejects.bad(() -> paper("", Map.of()), "slug");
        Rejects.bad(() -> paper(null, Map.of()), "slug");
    }

    @Test
    void profileComesFromTheEnvironment() {
        assertTrue(paper("fedprox", Map.of()).quick());
        assertTrue(paper("fedprox", Map.of("KONVERGO_PROFILE", "quick")).quick());
        var full = paper("fedprox", Map.of("KONVERGO_PROFILE", "full"));
        assertFalse(full.quick());
        assertEquals(500, full.choose(10, 500));
        assertEquals("full", full.profile().toString());
        Rejects.bad(
                () -> paper("fedprox", Map.of("KONVERGO_PROFILE", "Full")),
                "KONVERGO_PROFILE",
                "quick or full",
                "Full");
    }

    @Test
    void seedRulesTheStreams() {
        var paper = paper("fedprox", Map.of());
        assertEquals(1, paper.seed());
        assertEquals(
                new RandomStreams(1).stream("e", 0).uniform(),
                paper.streams().stream("e", 0).uniform());
    }

    @Test
    void cardCitesAndEscapes() {
        var card = paper("fedprox", Map.of()).bundle();
        assertEquals(
                """
                T. Li, A. Sahu: Federated Optimization (2018). arXiv:1812.06127
                Reproduction: exact. Profile: quick. Seed: 1.\
                """,
                card.text());
        assertTrue(card.data().get(MimeBundle.HTML).contains("https://arxiv.org/abs/1812.06127"));
        var other = paper("fedspeed", Map.of()).bundle().data().get(MimeBundle.HTML);
        assertTrue(other.contains("The &quot;fast&quot; &lt;one&gt;"), other);
        assertFalse(other.contains("arxiv"), other);
    }
}
