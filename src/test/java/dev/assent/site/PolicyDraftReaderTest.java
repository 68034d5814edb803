// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import dev.assent.web.Problem.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDraftReaderTest {
    private static final String SESSION = "{\"id\":\"session\",\"required\":true}";
    private static final String LEAST =
            "{\"defaultLanguage\":\"en\",\"purposes\":["
                    + SESSION
                    + "],\"controller\":{\"name\":\"Shop Ltd\"}}";

    @Test
    void leastDraft_isCompletedFromWhatIsBuiltIn() throws JsonException {
        PolicyDraft draft = read(LEAST);

        assertThat(draft.obstacles(List.of())).isEmpty();
        assertThat(draft.lifetime()).isEqualTo(Period.ofMonths(6));
        assertThat(draft.reloadOnWithdrawal()).isTrue();
        assertThat(draft.texts()).containsOnlyKeys("en");
        JsonObject english = Objects.requireNonNull(draft.texts().get("en"));
        assertThat(english.text("rejectAll")).isEqualTo("Reject all");
        assertThat(english.text("details", "types", "cookie")).isEqualTo("Cookie");
        assertThat(english.object("purposes").keys()).containsExactly("session");
        assertThat(CanonicalJson.writeText(draft.appearance().json()))
                .isEqualTo(
                        "{\"accent\":\"#0f4c5c\",\"position\":\"bottom\",\"radius\":8,"
                                + "\"reopen\":\"floating\"}");
    }

    @Test
    void ownTexts_comeBeforeWhatIsBuiltIn() throws JsonException {
        PolicyDraft draft =
                read(
                        "{\"defaultLanguage\":\"en\",\"purposes\":["
                                + SESSION
                                + ",{\"id\":\"chat\"}],\"texts\":{\"en\":{\"title\":\"Biscuits\","
                                + "\"details\":{\"types\":{\"cookie\":\"Biscuit\"}},\"purposes\":{\"chat\":{"
                                + "\"name\":\"Chat\",\"description\":\"<b>Talk</b> to us\"}}},"
                                + "\"de-AT\":{\"purposes\":{\"chat\":{\"name\":\"Chat\"}}}}}",
                        "/texts/de-AT/purposes/chat/description");
        JsonObject english = Objects.requireNonNull(draft.texts().get("en"));
        assertThat(english.text("title")).isEqualTo("Biscuits");
        assertThat(english.text("details", "types", "cookie")).isEqualTo("Biscuit");
        assertThat(english.text("details", "types", "pixel")).isEqualTo("Tracking pixel");
        assertThat(english.text("purposes", "chat", "description")).isEqualTo("<b>Talk</b> to us");
    }

    @Test
    void languageWithoutBuiltInTexts_needsWhatIsAskedAndBorrowsTheRest() throws JsonException {
        List<Fault> faults = new ArrayList<>();
        PolicyDraft draft =
                PolicyDraftReader.read(
                        parse(
                                LEAST.replace(
                                        "\"purposes\"",
                                        "\"texts\":{\"eo\":{\"title\":\"Kuketoj\"}},\"purposes\"")),
                        faults);
        assertThat(faults.stream().map(Fault::pointer))
                .containsExactlyInAnyOrder(
                        "/texts/eo/body",
                        "/texts/eo/acceptAll",
                        "/texts/eo/rejectAll",
                        "/texts/eo/choose",
                        "/texts/eo/save",
                        "/texts/eo/purposes/session/name",
                        "/texts/eo/purposes/session/description");
        JsonObject esperanto = Objects.requireNonNull(draft.texts().get("eo"));
        assertThat(esperanto.text("title")).isEqualTo("Kuketoj");
        assertThat(esperanto.text("details", "types", "cookie")).isEqualTo("Cookie");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"purposes\":[]} | /defaultLanguage",
                "{\"defaultLanguage\":\"en\"} | /purposes",
                "{\"defaultLanguage\":\"xx\",\"purposes\":[]} | /defaultLanguage",
                "{\"defaultLanguage\":\"EN\",\"purposes\":[]} | /defaultLanguage",
                "{\"defaultLanguage\":\"en_GB\",\"purposes\":[]} | /defaultLanguage",
                "{\"defaultLanguage\":7,\"purposes\":[]} | /defaultLanguage"
            })
    void requiredField_isMissed(String draft, String pointer) throws JsonException {
        read(draft, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"more\":1 | /more",
                "\"lifetime\":\"P0D\" | /lifetime",
                "\"lifetime\":\"P25M\" | /lifetime",
                "\"lifetime\":\"P732D\" | /lifetime",
                "\"lifetime\":\"PT1H\" | /lifetime",
                "\"lifetime\":\"P-6M\" | /lifetime",
                "\"lifetime\":\"6 months\" | /lifetime",
                "\"lifetime\":6 | /lifetime",
                "\"ruleset\":\"opt-out\" | /ruleset",
                "\"googleConsentMode\":\"yes\" | /googleConsentMode",
                "\"microsoftConsentMode\":\"yes\" | /microsoftConsentMode",
                "\"matomo\":1 | /matomo",
                "\"reloadOnWithdrawal\":1 | /reloadOnWithdrawal",
                "\"privacyPolicyUrl\":\"javascript:alert(1)\" | /privacyPolicyUrl",
                "\"privacyPolicyUrl\":\"/privacy\" | /privacyPolicyUrl",
                "\"privacyPolicyUrl\":\"https://exa mple\" | /privacyPolicyUrl",
                "\"controller\":{} | /controller/name",
                "\"controller\":\"Shop\" | /controller",
                "\"controller\":{\"name\":\"x\",\"phone\":\"1\"} | /controller/phone",
                "\"appearance\":{\"accent\":\"red\"} | /appearance/accent",
                "\"appearance\":{\"accent\":\"#fff\"} | /appearance/accent",
                "\"appearance\":{\"radius\":25} | /appearance/radius",
                "\"appearance\":{\"radius\":\"8\"} | /appearance/radius",
                "\"appearance\":{\"position\":\"top\"} | /appearance/position",
                "\"appearance\":{\"reopen\":\"never\"} | /appearance/reopen",
                "\"appearance\":{\"rejectColour\":\"#eeeeee\"} | /appearance/rejectColour",
                "\"texts\":[] | /texts",
                "\"texts\":{\"en\":\"x\"} | /texts/en",
                "\"texts\":{\"klingon\":{}} | /texts/klingon",
                "\"texts\":{\"qq\":{}} | /texts/qq",
                "\"texts\":{\"en\":{\"title\":\"\"}} | /texts/en/title",
                "\"texts\":{\"en\":{\"title\":3}} | /texts/en/title",
                "\"texts\":{\"en\":{\"changes\":\"\"}} | /texts/en/changes",
                "\"texts\":{\"en\":{\"changes\":{}}} | /texts/en/changes",
                "\"texts\":{\"en\":{\"details\":\"x\"}} | /texts/en/details",
                "\"texts\":{\"en\":{\"details\":{\"more\":\"x\"}}} | /texts/en/details/more",
                "\"texts\":{\"en\":{\"trackers\":\"x\"}} | /texts/en/trackers",
                "\"texts\":{\"en\":{\"headline\":\"x\"}} | /texts/en/headline",
                "\"texts\":{\"en\":{\"details\":{\"types\":{\"toaster\":\"x\"}}}} | /texts/en/details/types/toaster",
                "\"texts\":{\"en\":{\"purposes\":{\"chat\":{}}}} | /texts/en/purposes/chat",
                "\"texts\":{\"en\":{\"purposes\":{\"session\":{\"name\":\"\"}}}} | /texts/en/purposes/session/name"
            })
    void faultyField_isPointedAt(String field, String pointer) throws JsonException {
        read("{\"defaultLanguage\":\"en\",\"purposes\":[" + SESSION + "]," + field + "}", pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /purposes/1/id",
                "7 | /purposes/1",
                "{\"id\":\"1st\"} | /purposes/1/id",
                "{\"id\":\"a b\"} | /purposes/1/id",
                "{\"id\":\"Session\"} | /purposes/1/id",
                "{\"id\":\"theme\",\"required\":\"no\"} | /purposes/1/required",
                "{\"id\":\"theme\",\"dpv\":\"analytics\"} | /purposes/1/dpv",
                "{\"id\":\"theme\",\"signals\":[\"everything\"]} | /purposes/1/signals/0",
                "{\"id\":\"theme\",\"necessary\":false} | /purposes/1/necessary",
                "{\"id\":\"theme\",\"saleOrShare\":\"no\"} | /purposes/1/saleOrShare",
                "{\"id\":\"theme\",\"required\":true,\"saleOrShare\":true} | /purposes/1/saleOrShare",
                "{\"id\":\"theme\",\"hosts\":\"stats.example\"} | /purposes/1/hosts",
                "{\"id\":\"theme\",\"hosts\":[7]} | /purposes/1/hosts/0",
                "{\"id\":\"theme\",\"hosts\":[\"stats.example\",\"*.com\"]} | /purposes/1/hosts/1",
                "{\"id\":\"theme\",\"hosts\":[\"stats.example\",\"stats.example\"]} | /purposes/1/hosts/1",
                "{\"id\":\"theme\",\"trackers\":[{\"name\":\"x\"}]} | /purposes/1/trackers/0/type",
                "{\"id\":\"theme\",\"trackers\":[{\"type\":\"cookie\"}]} | /purposes/1/trackers/0/name",
                "{\"id\":\"theme\",\"trackers\":[{\"name\":\"x\",\"type\":\"beacon\"}]} | /purposes/1/trackers/0/type",
                "{\"id\":\"theme\",\"trackers\":[{\"name\":\"x\",\"type\":\"cookie\",\"lifetime\":\"long\"}]} | /purposes/1/trackers/0/lifetime",
                "{\"id\":\"theme\",\"trackers\":[{\"name\":\"x\",\"type\":\"cookie\",\"match\":\"regex\"}]} | /purposes/1/trackers/0/match"
            })
    void faultyPurpose_isPointedAt(String purpose, String pointer) throws JsonException {
        read(
                "{\"defaultLanguage\":\"en\",\"purposes\":[" + SESSION + "," + purpose + "]}",
                pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"session\"}", "{\"id\":\"session\",\"required\":false}"})
    void session_isRequired(String session) throws JsonException {
        read("{\"defaultLanguage\":\"en\",\"purposes\":[" + session + "]}", "/purposes/0/required");
    }

    @Test
    void purposesAndTrackers_areBounded() throws JsonException {
        StringBuilder many = new StringBuilder(SESSION);
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            many.append(",{\"id\":\"p").append(i).append("\"}");
            texts.append(i == 0 ? "" : ",")
                    .append("\"p")
                    .append(i)
                    .append("\":{\"name\":\"n\",\"description\":\"d\"}");
        }
        read(
                "{\"defaultLanguage\":\"en\",\"purposes\":["
                        + many
                        + "],\"texts\":{\"en\":{\"purposes\":{"
                        + texts.substring(0, texts.indexOf(",\"p39\""))
                        + "}}}}",
                "/purposes");

        String tracker = "{\"name\":\"x\",\"type\":\"cookie\"}";
        String trackers = (tracker + ",").repeat(250) + tracker;
        read(
                "{\"defaultLanguage\":\"en\",\"purposes\":[{\"id\":\"session\",\"required\":true,"
                        + "\"trackers\":["
                        + trackers
                        + "]},{\"id\":\"theme\",\"trackers\":["
                        + trackers
                        + "]}]}",
                "/purposes/1/trackers/249");
    }

    @ParameterizedTest
    @CsvSource({
        "#ffffff, /appearance/accent",
        "#777777, /appearance/accent",
        "#ff0000, /appearance/accent",
        "#767676, ",
        "#0f4c5c, ",
        "#000000, "
    })
    void accent_isHeldToItsContrast(String accent, String pointer) throws JsonException {
        PolicyDraft draft =
                read(
                        LEAST.replace(
                                "{\"def", "{\"appearance\":{\"accent\":\"" + accent + "\"},\"def"));
        assertThat(draft.obstacles(List.of()).stream().map(Fault::pointer))
                .containsExactlyElementsOf(pointer == null ? List.of() : List.of(pointer));
    }

    @Test
    void obstacles_areSavedButNotPublished() throws JsonException {
        PolicyDraft without = read("{\"defaultLanguage\":\"en\",\"purposes\":[]}");
        assertThat(without.obstacles(List.of()).stream().map(Fault::pointer))
                .containsExactly("/purposes");
        assertThat(without.obstaclesInConsole(List.of()).stream().map(Fault::pointer))
                .containsExactly("/controller/name", "/purposes");

        PolicyDraft same =
                read(
                        LEAST.replace(
                                "{\"def",
                                "{\"texts\":{\"en\":{\"acceptAll\":\"OK\",\"rejectAll\":\"OK\"}},\"def"));
        assertThat(same.obstacles(List.of()).stream().map(Fault::pointer))
                .containsExactly("/texts/en/rejectAll");
    }

    private static PolicyDraft read(String draft, String... pointers) throws JsonException {
        List<Fault> faults = new ArrayList<>();
        PolicyDraft read = PolicyDraftReader.read(parse(draft), faults);
        assertThat(faults.stream().map(Fault::pointer)).containsExactlyInAnyOrder(pointers);
        return read;
    }

    private static JsonObject parse(String draft) throws JsonException {
        JsonValue value = CanonicalJson.parse(draft.getBytes(StandardCharsets.UTF_8), 1 << 20);
        return (JsonObject) value;
    }
}
