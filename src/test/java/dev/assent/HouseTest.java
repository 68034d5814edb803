// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.annotation.Controller;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of the house: which package may know which, and what is done in one place only. */
@AnalyzeClasses(packages = "dev.assent", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    private static final Set<String> ALL =
            Set.of(
                    "merkle",
                    "note",
                    "receipt",
                    "witness",
                    "web",
                    "account",
                    "log",
                    "site",
                    "tally",
                    "consent",
                    "evidence",
                    "webhook",
                    "trail",
                    "audit",
                    "console",
                    "embedded");

    @ArchTest static final ArchTests organizations = ArchTests.in(OrganizationRules.class);

    @ArchTest static final ArchTests guards = ArchTests.in(GuardRules.class);

    @ArchTest static final ArchRule merkle = imports("merkle");

    @ArchTest static final ArchRule note = imports("note", "merkle");

    @ArchTest static final ArchRule receipt = imports("receipt", "note", "merkle");

    @ArchTest static final ArchRule witness = imports("witness", "note", "merkle");

    @ArchTest static final ArchRule web = imports("web");

    @ArchTest static final ArchRule embedded = imports("embedded");

    @ArchTest static final ArchRule account = imports("account", "receipt", "merkle", "web");

    @ArchTest static final ArchRule log = imports("log", "receipt", "note", "merkle", "web");

    @ArchTest
    static final ArchRule site =
            imports("site", "account", "log", "receipt", "note", "merkle", "web");

    @ArchTest
    static final ArchRule tally = imports("tally", "site", "account", "receipt", "merkle", "web");

    @ArchTest
    static final ArchRule consent =
            imports("consent", "site", "account", "log", "receipt", "note", "merkle", "web");

    @ArchTest
    static final ArchRule evidence = imports("evidence", "log", "receipt", "merkle", "web");

    @ArchTest
    static final ArchRule webhook =
            imports("webhook", "site", "account", "receipt", "merkle", "web");

    @ArchTest
    static final ArchRule trail =
            imports("trail", "account", "log", "receipt", "note", "merkle", "web");

    @ArchTest
    static final ArchRule audit =
            imports(
                    "audit", "consent", "site", "account", "log", "receipt", "note", "merkle",
                    "web");

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("dev.assent.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule rooms_of_the_console_know_its_frame_alone =
            slices().matching("dev.assent.console.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule the_frame_of_the_console_knows_none_of_its_rooms =
            noClasses()
                    .that()
                    .resideInAPackage("dev.assent.console")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.assent.console.*..");

    @ArchTest
    static final ArchRule nothing_imports_the_wiring =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(ALL.stream()))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.assent");

    @ArchTest
    static final ArchRule pure_packages_know_no_framework =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(Stream.of("merkle", "note", "receipt", "witness")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.micronaut..", "java.sql..", "javax.sql..", "jakarta..");

    @ArchTest
    static final ArchRule json_library_only_in_receipt =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages(Stream.of("merkle", "note")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule constructor_injection = noFields().should().beAnnotatedWith(Inject.class);

    @ArchTest
    static final ArchRule time_comes_from_an_instant_source =
            noClasses()
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.time.LocalDate.class, "now")
                    .orShould()
                    .callMethod(java.time.OffsetDateTime.class, "now")
                    .orShould()
                    .callMethod(java.time.ZonedDateTime.class, "now");

    @ArchTest
    static final ArchRule repositories_stay_at_home =
            classes()
                    .that()
                    .areAnnotatedWith(JdbcRepository.class)
                    .should()
                    .notBePublic()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule repositories_have_no_blanket_writes =
            noMethods()
                    .that()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(JdbcRepository.class)
                    .should()
                    .haveNameMatching("(save|delete|update)(All)?")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule controllers_have_no_transactions =
            noMethods()
                    .that()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(Controller.class)
                    .should()
                    .beAnnotatedWith(Transactional.class)
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule hashing_and_signing_are_pure =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(packages(Stream.of("merkle", "note", "receipt")))
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.security.MessageDigest")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.security.Signature");

    @ArchTest
    static final ArchRule redis_is_only_a_cache =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(packages(Stream.of("web", "site")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule names_say_what_a_thing_is =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameEndingWith("DTO")
                    .orShould()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule fields_are_not_public =
            fields().that()
                    .areNotStatic()
                    .and()
                    .areDeclaredInClassesThat()
                    .areNotRecords()
                    .should()
                    .notBePublic()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule controllers_stay_at_home =
            methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .areAnnotatedWith(Controller.class)
                    .and()
                    .areDeclaredInClassesThat()
                    .arePublic()
                    .should()
                    .notBePublic()
                    .allowEmptyShould(true);

    @ArchTest
    static void every_package_has_a_map(com.tngtech.archunit.core.domain.JavaClasses imported) {
        imported.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.getClasses().isEmpty())
                .forEach(p -> {
                    if (!p.isAnnotatedWith(NullMarked.class)) {
                        throw new AssertionError(p.getName() + " has no @NullMarked package-info");
                    }
                });
    }

    /** {@code who} may import itself and {@code allowed}, of ours. */
    private static ArchRule imports(String who, String... allowed) {
        Set<String> open = new java.util.HashSet<>(Arrays.asList(allowed));
        open.add(who);
        String[] closed = packages(ALL.stream().filter(p -> !open.contains(p)));
        return noClasses()
                .that()
                .resideInAPackage("dev.assent." + who + "..")
                .should()
                .dependOnClassesThat(describe("reside above " + who, resideInAnyPackage(closed)))
                .allowEmptyShould(true);
    }

    private static String[] packages(Stream<String> names) {
        return names.map(n -> "dev.assent." + n + "..").toArray(String[]::new);
    }
}
