// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.assent.account.Allowed;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.HttpMethodMapping;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Set;

/** Whatever answers operators says who may come in; held by {@link HouseTest}. */
final class GuardRules {
    private static final DescribedPredicate<JavaClass> ON_THE_OPERATORS_HALF =
            describe(
                    "answer under /v1/admin",
                    type ->
                            type.isAnnotatedWith(Controller.class)
                                    && type.getAnnotationOfType(Controller.class)
                                            .value()
                                            .startsWith("/v1/admin"));

    private static final DescribedPredicate<JavaClass> CLAIM_TO_BE_GUARDED =
            describe(
                    "claim to be guarded",
                    type ->
                            type.isAnnotatedWith(Secured.class)
                                    && !Set.of(type.getAnnotationOfType(Secured.class).value())
                                            .equals(Set.of(SecurityRule.IS_ANONYMOUS)));

    private static final DescribedPredicate<JavaClass> ANSWER_IN_THE_CONSOLE =
            describe(
                    "answer in the console",
                    type ->
                            type.isAnnotatedWith(Controller.class)
                                    && type.getAnnotationOfType(Controller.class)
                                            .value()
                                            .matches("(/console|/signout)(/.*)?"));

    /** The guard runs on this half alone, so elsewhere {@code @Secured} would guard nothing. */
    @ArchTest
    static final ArchRule the_operators_half_is_guarded =
            classes().that(ON_THE_OPERATORS_HALF).should().beAnnotatedWith(Secured.class);

    @ArchTest
    static final ArchRule nothing_else_claims_to_be_guarded =
            noClasses()
                    .that(CLAIM_TO_BE_GUARDED)
                    .and(DescribedPredicate.not(ON_THE_OPERATORS_HALF))
                    .should()
                    .beAnnotatedWith(Secured.class)
                    .allowEmptyShould(true);

    /** ConsoleGuard asks for it wherever it stands, and the guard stands on these paths alone. */
    @ArchTest
    static final ArchRule the_console_says_who_may_come_in =
            methods()
                    .that()
                    .areMetaAnnotatedWith(HttpMethodMapping.class)
                    .and()
                    .areDeclaredInClassesThat(ANSWER_IN_THE_CONSOLE)
                    .should(
                            be(
                                    describe(
                                            "say who may come in",
                                            method ->
                                                    method.isAnnotatedWith(Allowed.class)
                                                            || method.getOwner()
                                                                    .isAnnotatedWith(
                                                                            Allowed.class))));

    @ArchTest
    static final ArchRule nothing_but_the_console_claims_to_ask_for_roles =
            noClasses()
                    .that(DescribedPredicate.not(ANSWER_IN_THE_CONSOLE))
                    .should()
                    .beAnnotatedWith(Allowed.class);

    private GuardRules() {}
}
