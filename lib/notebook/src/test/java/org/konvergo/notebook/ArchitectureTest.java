package org.konvergo.notebook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between packages point one way. */
class ArchitectureTest {
    private static JavaClasses code;

    @BeforeAll
    static void read() {
        code =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.konvergo.notebook");
    }

    @Test
    void onlyTheGlueKnowsKernels() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.konvergo.notebook.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.dflib..", "io.github.spencerpark..")
                .check(code);
    }

    @Test
    void nobodyKnowsTheGlue() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.konvergo.notebook.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.konvergo.notebook.kernel")
                .check(code);
    }

    @Test
    void displayServesAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.konvergo.notebook.display")
                .and()
                .doNotHaveSimpleName("TraceRenderer")
                .and()
                .doNotHaveSimpleName("Figures") // only where they are to be written down
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.konvergo",
                        "org.konvergo.method..",
                        "org.konvergo.notebook",
                        "org.konvergo.notebook.data..",
                        "com.google.gson..")
                .check(code);
    }

    @Test
    void readersKnowNoDisplay() {
        noClasses()
                .that()
                .resideInAPackage("org.konvergo.notebook.data")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.konvergo.notebook",
                        "org.konvergo.notebook.display..",
                        "tech.tablesaw..",
                        "org.knowm..")
                .check(code);
    }
}
