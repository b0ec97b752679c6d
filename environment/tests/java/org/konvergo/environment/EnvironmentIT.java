package org.konvergo.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/** Runs the tests of setup, lab, reproduce and the report, which are written in Python. */
class EnvironmentIT {
    private static final String PYTHON = "environment/.venv/bin/python";

    /** One test for each of pytest's, with its message. */
    @TestFactory
    Stream<DynamicTest> commandsAndReport() throws Exception {
        Path xml = Command.PROJECT.resolve("environment/target/pytest.xml");
        Files.deleteIfExists(xml);
        var run =
                Command.run(
                        PYTHON,
                        "-m",
                        "pytest",
                        "-q",
                        "-rs",
                        "-p",
                        "no:cacheprovider",
                        "--junitxml=" + xml,
                        "environment/tests");
        assertTrue(Files.exists(xml), run.output());
        var cases =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(xml.toFile())
                        .getElementsByTagName("testcase");
        assertTrue(cases.getLength() > 0, run.output());
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> (Element) cases.item(i))
                .map(one -> DynamicTest.dynamicTest(name(one), () -> replay(one)));
    }

    private static String name(Element test) {
        return test.getAttribute("classname") + "." + test.getAttribute("name");
    }

    private static void replay(Element test) {
        for (String bad : new String[] {"failure", "error"}) {
            var found = test.getElementsByTagName(bad);
            if (found.getLength() > 0) {
                fail(found.item(0).getTextContent());
            }
        }
        var skipped = test.getElementsByTagName("skipped");
        if (skipped.getLength() > 0) {
            Assumptions.abort(((Element) skipped.item(0)).getAttribute("message"));
        }
    }

    /** The Python sources are formatted and free of what Ruff finds. */
    @Test
    void pythonIsClean() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.exists(Command.PROJECT.resolve("environment/.venv/bin/ruff")),
                "Ruff is not installed");
        assertPasses(PYTHON, "-m", "ruff", "check", "--no-cache", "environment");
        assertPasses(PYTHON, "-m", "ruff", "format", "--no-cache", "--check", "environment");
    }

    /** The shell scripts are free of what ShellCheck finds. */
    @Test
    void shellIsClean() throws IOException, InterruptedException {
        boolean there =
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "shellcheck")));
        Assumptions.assumeTrue(there, "ShellCheck is not installed");
        assertPasses(
                "shellcheck",
                "environment/setup",
                "environment/lab",
                "environment/reproduce",
                "environment/verify-bits",
                "environment/bench",
                "environment/konvergo_env/start",
                ".ci/run");
    }

    private static void assertPasses(String... words) throws IOException, InterruptedException {
        var run = Command.run(words);
        assertEquals(0, run.code(), run.output());
    }
}
