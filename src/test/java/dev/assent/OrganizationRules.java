// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.assent.account.Isolation;
import dev.assent.web.Isolated;
import dev.assent.web.Reach;
import dev.assent.web.Transactions;
import dev.assent.web.Transactions.Work;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import java.util.function.Supplier;

/** Whoever reads or writes says for which organization; held by {@link HouseTest}. */
final class OrganizationRules {
    /** The rest is of persons, of hashes, or is called within Isolation by whoever calls it. */
    @ArchTest
    static final ArchRule repositories_of_organizations_are_isolated =
            classes()
                    .that()
                    .areAnnotatedWith(JdbcRepository.class)
                    .and()
                    .haveNameNotMatching(
                            ".*\\.(Artefact|Organization|Operator|SecondFactor|Session|OneTimeLink"
                                    + "|Membership|Invitation|OperatorEvent)Repository")
                    .should()
                    .beAnnotatedWith(Isolated.class);

    /**
     * So are those who speak JDBC. The recorder enters by its own statements, erasures by whoever
     * asks for them; failures of signing in are nobody's.
     */
    @ArchTest
    static final ArchRule statements_of_organizations_are_isolated =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..account..", "..site..", "..consent..", "..audit..", "..console..")
                    .and()
                    .areNotAnnotatedWith(Isolated.class)
                    .and()
                    .haveNameNotMatching(
                            "dev\\.assent\\.(consent\\.(Erasures|RecordBatch)|account\\.AccountDelays)")
                    .should()
                    .callMethod(Transactions.class, "read", String.class, Work.class)
                    .orShould()
                    .callMethod(Transactions.class, "write", String.class, Work.class)
                    .orShould()
                    .callMethod(Transactions.class, "writeApart", String.class, Work.class);

    /** Each of these acts for any organization, by its site's public key or an id. */
    @ArchTest
    static final ArchRule few_act_for_any_organization =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.assent.account.Isolation")
                    .and()
                    .doNotHaveFullyQualifiedName("dev.assent.web.Reach")
                    .and()
                    .haveNameNotMatching(
                            "dev\\.assent\\.site\\.(Artefacts|DemoSite|PolicyHistory|Replays|ScriptStore|Sites)")
                    .and()
                    .haveNameNotMatching(
                            "dev\\.assent\\.consent\\.(ConsentRecords|ConsentStatements|Erasures|StatisticsJob)")
                    .should()
                    .callMethod(Isolation.class, "publicly", Supplier.class)
                    .orShould()
                    .accessField(Reach.class, "PUBLIC")
                    .orShould()
                    .callMethod(Transactions.class, "readAtOnce", String.class, Work.class);

    /** Once for programs, once for people: everything else is handed on. */
    @ArchTest
    static final ArchRule operators_enter_their_organization_in_one_place =
            noClasses()
                    .that()
                    .haveNameNotMatching(
                            "dev\\.assent\\.(account\\.(Isolation|KeyReach)|console\\.ConsoleGuard)")
                    .should()
                    .callMethod(Reach.class, "organization", long.class);

    private OrganizationRules() {}
}
