// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import static dev.assent.TestApi.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Http;
import dev.assent.TestApi;
import dev.assent.TestSite;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records in the words of the Data Privacy Vocabulary. */
@MicronautTest(transactional = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpvTest implements TestPropertyProvider {
    private static final String TYPE = "application/ld+json";

    /** What the guide to ISO/IEC TS 27560 names (§9), of the vocabulary's version 2. */
    private static final Set<String> TERMS =
            Set.of(
                    "dpv:Consent",
                    "dpv:ConsentGiven",
                    "dpv:ConsentNotice",
                    "dpv:ConsentRecord",
                    "dpv:ConsentRefused",
                    "dpv:ConsentWithdrawn",
                    "dpv:DataController",
                    "dpv:DataSubject",
                    "dpv:Optional",
                    "dpv:PersonalData",
                    "dpv:PrivacyNotice",
                    "dpv:Process",
                    "dpv:ProvideConsent",
                    "dpv:Purpose",
                    "dpv:Recipient",
                    "dpv:ServicePersonalisation",
                    "dpv:ServiceUsageAnalytics",
                    "dpv:StorageDuration",
                    "dpv:UntilTimeDuration",
                    "dpv:WithdrawConsent",
                    "dpv:hasAddress",
                    "dpv:hasConsentControl",
                    "dpv:hasConsentStatus",
                    "dpv:hasContact",
                    "dpv:hasDataController",
                    "dpv:hasDataSubject",
                    "dpv:hasDuration",
                    "dpv:hasIndicationMethod",
                    "dpv:hasLegalBasis",
                    "dpv:hasName",
                    "dpv:hasNecessity",
                    "dpv:hasNotice",
                    "dpv:hasPersonalData",
                    "dpv:hasProcess",
                    "dpv:hasPurpose",
                    "dpv:hasRecipient",
                    "dpv:hasStorageCondition",
                    "dpv:isIndicatedAtTime",
                    "dpv:isIndicatedBy");

    @Inject EmbeddedServer server;
    @Inject ObjectMapper json;

    private Http http;
    private TestSite site;

    @Override
    public Map<String, String> getProperties() {
        return TestApi.properties();
    }

    @BeforeAll
    void publish() {
        http = new Http(server.getURI());
        site = TestSite.publish(server.getURI());
    }

    @Test
    void record_hasOneConsentRecordForEachPurposeAskedFor() throws Exception {
        String id = record("save", true, false);

        HttpResponse<String> answer = http.get("/v1/consents/" + id, "Accept", TYPE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(TYPE);
        assertThat(answer.headers().allValues("cache-control"))
                .containsExactly("private, no-store");
        List<Map<String, Object>> records = read(answer);
        assertThat(records)
                .extracting(
                        record -> at(record, "dpv:hasProcess", "dpv:hasPurpose", "dct:identifier"))
                .containsExactly("theme", "analytics");
        assertThat(records)
                .extracting(record -> at(record, "dpv:hasConsentStatus", "@type"))
                .containsExactly("dpv:ConsentGiven", "dpv:ConsentRefused");
        assertThat(records)
                .extracting(record ->
                        at(record, "dpv:hasProcess", "dpv:hasPurpose", "skos:broader", "@id"))
                .containsExactly("dpv:ServicePersonalisation", "dpv:ServiceUsageAnalytics");
    }

    @Test
    void consentRecord_saysWhatRecordAndArtefactSay() throws Exception {
        String id = record("save", true, false);
        var stored = new TestApi.Answer(http.get("/v1/consents/" + id)).json();
        String url = server.getURI() + "/v1/consents/" + id;

        Map<String, Object> analytics = linked(id).getLast();

        assertThat(analytics)
                .containsEntry("@type", "dpv:ConsentRecord")
                .containsEntry("@id", url + "#analytics")
                .containsEntry("dct:identifier", id + "#analytics");
        assertThat(at(analytics, "@context", "dpv")).isEqualTo("https://w3id.org/dpv#");
        assertThat(at(analytics, "dct:source", "@id")).isEqualTo(url);
        assertThat(at(analytics, "dct:created", "@type")).isEqualTo("xsd:dateTime");
        assertThat(at(analytics, "dct:created", "@value")).isEqualTo(stored.text("recordedAt"));
        assertThat(at(analytics, "dpv:hasDataSubject", "dct:identifier"))
                .isEqualTo(stored.text("subject"));
        assertThat(at(analytics, "dpv:hasDataController", "dpv:hasName")).isEqualTo("Shop Ltd");
        assertThat(at(analytics, "dpv:hasDataController", "dpv:hasContact"))
                .isEqualTo("privacy@shop.example");
        assertThat(at(analytics, "dpv:hasNotice", "@id"))
                .isEqualTo(server.getURI() + "/v1/artefacts/" + site.sha256());
        assertThat(at(analytics, "dpv:hasNotice", "dct:identifier"))
                .isEqualTo("sha256:" + site.sha256());
        assertThat(at(analytics, "dpv:hasNotice", "dct:language")).isEqualTo("fr");
        assertThat(at(analytics, "dpv:hasConsentStatus", "dpv:isIndicatedAtTime", "@value"))
                .isEqualTo(stored.text("occurredAt"));
        assertThat(at(analytics, "dpv:hasConsentStatus", "dpv:hasDuration", "rdf:value", "@value"))
                .isEqualTo(stored.text("expiresAt"));
        assertThat(at(analytics, "dpv:hasConsentStatus", "dpv:hasIndicationMethod"))
                .isEqualTo("Chose purpose by purpose and saved on the banner, mobile layout");
        assertThat(at(analytics, "dpv:hasProcess", "dpv:hasRecipient", "dpv:hasName"))
                .isEqualTo("Example");
        assertThat(
                        at(
                                analytics,
                                "dpv:hasProcess",
                                "dpv:hasPersonalData",
                                "dpv:hasStorageCondition",
                                "dpv:hasDuration"))
                .isEqualTo("P13M");
    }

    @ParameterizedTest
    @CsvSource({
        "accept_all, true,  dpv:ConsentGiven",
        "reject_all, false, dpv:ConsentRefused",
        "withdraw,   false, dpv:ConsentWithdrawn",
    })
    void status_followsFromWhatWasDone(String action, boolean granted, String status)
            throws Exception {
        assertThat(linked(record(action, granted, granted)))
                .extracting(record -> at(record, "dpv:hasConsentStatus", "@type"))
                .containsExactly(status, status);
    }

    @Test
    void everyTerm_isOneOfTheVocabularyOrOfAPrefixThatIsGiven() throws Exception {
        for (Map<String, Object> record : linked(record("save", true, false))) {
            Map<?, ?> context = (Map<?, ?>) at(record, "@context");
            List<String> prefixes = context.keySet().stream().map(Object::toString).toList();
            var terms = new ArrayList<String>();
            collect(record, terms);
            assertThat(terms)
                    .allSatisfy(term -> assertThat(prefixes).contains(term.split(":", 2)[0]));
            assertThat(terms).filteredOn(term -> term.startsWith("dpv:")).isSubsetOf(TERMS);
        }
    }

    @Test
    void unknownRecord_is404() {
        assertProblem(
                http.get("/v1/consents/" + TestChoice.id(), "Accept", TYPE), 404, "not-found");
        assertProblem(http.get("/v1/consents/x", "Accept", TYPE), 404, "not-found");
    }

    @Test
    void headOfLinkedData_isAnsweredAlike() {
        String id = record("save", true, false);

        var answer = http.send("HEAD", "/v1/consents/" + id, "", "Accept", TYPE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(TYPE);
    }

    private String record(String action, boolean theme, boolean analytics) {
        String id = TestChoice.id().toString();
        String choice =
                TestChoice.json(site, id)
                        .replace("\"action\":\"save\"", "\"action\":\"" + action + "\"")
                        .replace("\"theme\":true", "\"theme\":" + theme)
                        .replace("\"analytics\":false", "\"analytics\":" + analytics);
        var answer = site.send(choice);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return id;
    }

    private List<Map<String, Object>> linked(String id) throws IOException {
        return read(http.get("/v1/consents/" + id, "Accept", TYPE));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> read(HttpResponse<String> answer) throws IOException {
        return (List<Map<String, Object>>)
                (List<?>)
                        json.readValue(
                                answer.body(),
                                io.micronaut.core.type.Argument.listOf(Object.class));
    }

    /** The value at a path of keys; of an array, the first. */
    private static Object at(Object from, String... path) {
        Object value = from;
        for (String key : path) {
            Map<?, ?> node = (Map<?, ?>) (value instanceof List<?> list ? list.getFirst() : value);
            value = node.get(key);
            if (value == null) {
                throw new AssertionError("no " + key + " in " + node.keySet());
            }
        }
        return value;
    }

    /** The keys, types and references that are compact IRIs. */
    private static void collect(Object value, List<String> terms) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (!key.toString().startsWith("@")) {
                    terms.add(key.toString());
                    collect(inner, terms);
                } else if (key.equals("@type") || key.equals("@id")) {
                    (inner instanceof Collection<?> many ? many : List.of(inner))
                            .forEach(name -> {
                                if (!name.toString().contains("://")) {
                                    terms.add(name.toString());
                                }
                            });
                }
            });
        } else if (value instanceof Collection<?> many) {
            many.forEach(inner -> collect(inner, terms));
        }
    }
}
