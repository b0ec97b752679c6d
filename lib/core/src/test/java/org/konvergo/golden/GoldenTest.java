package org.konvergo.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.konvergo.Bits;

/** The golden suite leaves nothing out, and repeats itself. */
class GoldenTest {
    private static final Golden GOLDEN = new Golden();
    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.konvergo");

    /** Besides the classes of kernels, those whose every method is an entry. */
    private static final Set<String> FUNCTIONS =
            Set.of("Elementary", "RandomStream", "RandomMatrices", "RandomGraphs");

    private static final String HOW =
            " should have an entry in the golden suite (org.konvergo.golden)";

    private static boolean has(String name) {
        return GOLDEN.names().stream()
                .anyMatch(entry -> entry.equals(name) || entry.startsWith(name + " "));
    }

    @Test
    void everyKernelAndSamplerHasAnEntry() {
        var without = new TreeSet<String>();
        var types =
                CODE.stream()
                        .filter(
                                type ->
                                        type.getSimpleName().endsWith("Kernels")
                                                || FUNCTIONS.contains(type.getSimpleName()))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::reflect)
                        .toList();
        assertTrue(types.size() > FUNCTIONS.size(), types.toString());
        for (Class<?> type : types) {
            for (Method method : type.getDeclaredMethods()) {
                String name = type.getSimpleName() + "." + method.getName();
                if (Modifier.isPublic(method.getModifiers())
                        && !name.equals("Kernels.vectorBits")
                        && !has(name)) {
                    without.add(name);
                }
            }
        }
        assertEquals(Set.of(), without, "each" + HOW);
    }

    @Test
    void everyClassOfLinearAlgebraHasAnEntry() {
        var without =
                CODE.stream()
                        .filter(type -> type.getPackageName().equals("org.konvergo.linalg"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.isInterface() && type.isTopLevelClass())
                        .map(JavaClass::getSimpleName)
                        .filter(
                                name ->
                                        GOLDEN.names().stream()
                                                .noneMatch(entry -> entry.startsWith(name)))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), without, "each" + HOW);
    }

    @Test
    void everyMethodHasAnEntry() {
        var methods =
                CODE.stream()
                        .filter(type -> type.isAssignableTo(org.konvergo.method.Method.class))
                        .filter(type -> !type.isInterface())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !GOLDEN.methods().contains(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), methods, "each" + HOW);
    }

    @Test
    void computesTheSameTwice() {
        for (String name : GOLDEN.names()) {
            assertEquals(
                    Bits.line(name, GOLDEN.figures(name)), Bits.line(name, GOLDEN.figures(name)));
        }
    }

    /** Entries whose figures are all zero or NaN would find nothing. */
    @Test
    void everyEntryCanDiffer() {
        for (String name : GOLDEN.names()) {
            double[] figures = GOLDEN.figures(name);
            boolean empty = name.endsWith(" n=0") || name.endsWith(" NaN");
            assertTrue(
                    empty || DoubleStream.of(figures).anyMatch(x -> x != 0 && !Double.isNaN(x)),
                    () -> name + ": " + Arrays.toString(figures));
        }
    }

    @Test
    void namesAreOneWordOfALine() {
        assertTrue(
                Stream.concat(GOLDEN.names().stream(), GOLDEN.methods().stream())
                        .noneMatch(name -> name.contains("\t") || name.contains("\n")));
    }
}
