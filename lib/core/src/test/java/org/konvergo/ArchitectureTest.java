package org.konvergo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between packages point one way. */
class ArchitectureTest {
    private static final String[] BASE = {
        "org.konvergo",
        "org.konvergo.linalg..",
        "org.konvergo.random..",
        "org.konvergo.problem..",
        "org.konvergo.method..",
        "org.konvergo.metric.."
    };
    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.konvergo");
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.konvergo.(*)..").should().beFreeOfCycles().check(code);
    }

    @Test
    void vocabularyKnowsNoFamily() {
        classes()
                .that()
                .resideInAnyPackage(BASE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        join(
                                BASE,
                                "java..",
                                "org.ejml..",
                                "org.apache.commons..",
                                "jdk.incubator.vector.."))
                .check(code);
    }

    /** Families may integrate; what integrates knows no family. */
    @Test
    void dynamicsKnowsNoFamily() {
        classes()
                .that()
                .resideInAPackage("org.konvergo.dynamics..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        join(BASE, "org.konvergo.dynamics..", "java..", "org.hipparchus.."))
                .check(code);
    }

    @Test
    void coreKnowsNobody() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.konvergo.notebook..",
                        "org.konvergo.deep..",
                        "org.konvergo.cluster..",
                        "tech.tablesaw..",
                        "org.knowm..",
                        "java.awt..",
                        "javax.swing..")
                .check(code);
    }

    @Test
    void methodsDoNoInputOrOutput() {
        noClasses()
                .that()
                .implement(org.konvergo.method.Method.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.time..")
                .check(code);
    }

    private static String[] join(String[] first, String... second) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(first), java.util.Arrays.stream(second))
                .toArray(String[]::new);
    }
}
