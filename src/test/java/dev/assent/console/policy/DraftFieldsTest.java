// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.console.Form;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DraftFieldsTest {
    private static final String DRAFT =
            """
            {"defaultLanguage":"en","reloadOnWithdrawal":false,"purposes":[
              {"id":"session","required":true,"trackers":[
                {"name":"a","type":"cookie"},{"name":"b","type":"pixel","thirdParty":true}]},
              {"id":"ads","saleOrShare":true,"signals":["ad_storage","ad_user_data"],
               "hosts":["ads.example","*.ads.example"],"trackers":[]}],
             "texts":{"en":{"purposes":{"ads":{"name":"Ads","description":"Shows\\nads"},
                                       "session":{"name":"Needed","description":"Works"}}},
                      "fr":{},
                      "de":{"details":{"types":{"cookie":"Keks"}},"changes":"Neu"}},
             "appearance":{"radius":12,"accent":"#123456"}}
            """;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_comesBackFromTheFormAsItWas(Path file) throws Exception {
        JsonObject draft =
                CanonicalJson.parseObject(
                        Files.readAllBytes(file), CanonicalJson.MAX_ARTEFACT_BYTES);
        assertThat(leaves(sentBack(draft))).isEqualTo(leaves(draft));
    }

    @Test
    void everyKindOfMember_comesBackFromTheForm() throws JsonException {
        assertThat(leaves(sentBack(draft()))).isEqualTo(leaves(draft()));
    }

    @Test
    void texts_followTheirPurposeToItsNewIdAndPlace() throws JsonException {
        DraftFields renamed = DraftFields.of(draft()).with("/purposes/1/id", "advertising");
        assertThat(renamed.draft().text("texts", "en", "purposes", "advertising", "name"))
                .isEqualTo("Ads");
        JsonObject raised = renamed.raisePurpose(1).draft();
        assertThat(leaves(raised))
                .containsEntry("/purposes/0/id", "advertising")
                .containsEntry("/purposes/1/trackers/1/name", "b");
        assertThat(raised.text("texts", "en", "purposes", "session", "name")).isEqualTo("Needed");
    }

    @Test
    void whatIsRemoved_leavesNoGapAndNoText() throws JsonException {
        JsonObject left = DraftFields.of(draft()).removePurpose(0).draft();
        assertThat(leaves(left)).containsEntry("/purposes/0/id", "ads");
        assertThat(left.object("texts", "en", "purposes").keys()).containsExactly("ads");
        assertThat(leaves(DraftFields.of(draft()).removeTracker(0, 0).draft()))
                .containsEntry("/purposes/0/trackers/0/name", "b")
                .doesNotContainKey("/purposes/0/trackers/1/name");
        assertThat(DraftFields.of(draft()).without("/texts/de").languages())
                .containsExactly("en", "fr");
    }

    @Test
    void moves_beyondTheEnds_changeNothing() throws JsonException {
        DraftFields fields = DraftFields.of(draft());
        assertThat(fields.raisePurpose(0).draft()).isEqualTo(fields.draft());
        assertThat(fields.raisePurpose(2).draft()).isEqualTo(fields.draft());
        assertThat(fields.removePurpose(999).draft()).isEqualTo(fields.draft());
    }

    @Test
    void addedPurposeAndTracker_areThereToBeFilledIn() throws JsonException {
        DraftFields more = DraftFields.of(draft()).addPurpose().addTracker(2);
        assertThat(more.purposes()).isEqualTo(3);
        assertThat(more.trackers(2)).isEqualTo(1);
        assertThat(leaves(more.draft())).containsEntry("/purposes/2/trackers/0/type", "cookie");
    }

    @Test
    void hostileNames_makeADraftOrNothing() {
        List<Form.Field> fields = new ArrayList<>();
        for (String name :
                List.of(
                        "/",
                        "//",
                        "/texts/",
                        "/texts//title",
                        "/texts/<b>/title",
                        "/texts/en/__proto__",
                        "/texts/en/purposes/@7/name",
                        "/texts/EN/title",
                        "/texts/en/title/x",
                        "/texts/en/title",
                        "/purposes/x/id",
                        "/purposes/99/id",
                        "/purposes/100/id",
                        "/purposes/0/trackers/-1/name",
                        "/controller",
                        "/unknown")) {
            fields.add(new Form.Field(name, "\u202e<script>'--𝕬"));
        }
        DraftFields hostile = DraftFields.of(new Form(fields));
        assertThat(hostile.purposes()).isEqualTo(100);
        assertThat(CanonicalJson.writeText(hostile.draft())).contains("texts");
    }

    @Test
    void linesAndBlanks_areAsTyped() throws JsonException {
        DraftFields fields =
                DraftFields.of(
                        new Form(
                                List.of(
                                        new Form.Field("/controller/name", "  "),
                                        new Form.Field("/texts/en/body", "one\r\ntwo"),
                                        new Form.Field("/appearance/radius", "round"),
                                        new Form.Field("/purposes/0/hosts", " a.example \r\n\r\n"),
                                        new Form.Field("csrf", "secret"))));
        assertThat(leaves(fields.draft()))
                .containsEntry("/texts/en/body", "one\ntwo")
                .containsEntry("/appearance/radius", "round")
                .containsEntry("/purposes/0/hosts/0", "a.example")
                .doesNotContainKeys("/controller/name", "csrf");
    }

    @Test
    void base_comesBackAndNothingElseIsOne() throws JsonException {
        byte[] document = CanonicalJson.write(draft());
        assertThat(DraftBase.decode(DraftBase.encode(document))).hasValue(draft());
        assertThat(DraftBase.decode("")).isEmpty();
        assertThat(DraftBase.decode("<&%")).isEmpty();
        assertThat(DraftBase.decode(DraftBase.encode(new byte[3 << 20]))).isEmpty();
    }

    /** As a browser would send what the page shows. */
    private static JsonObject sentBack(JsonObject draft) {
        List<Form.Field> sent = new ArrayList<>();
        DraftFields.of(draft)
                .under("")
                .forEach((name, value) -> {
                    boolean unticked = value.equals("no") && !name.endsWith("/saleOrShare");
                    if (!unticked) {
                        sent.add(new Form.Field(name, value.replace("\n", "\r\n")));
                    }
                });
        return DraftFields.of(new Form(sent)).draft();
    }

    /** What it says, by pointer; what is false, or an empty list, says nothing. */
    private static Map<String, Object> leaves(JsonObject draft) {
        Map<String, Object> leaves = new TreeMap<>();
        collect("", draft, leaves);
        leaves.values().removeIf(Boolean.FALSE::equals);
        return leaves;
    }

    private static void collect(String at, JsonValue value, Map<String, Object> leaves) {
        switch (value) {
            case JsonObject object -> {
                if (object.keys().isEmpty()) {
                    leaves.put(at, "{}");
                }
                object.members().forEach((key, inner) -> collect(at + "/" + key, inner, leaves));
            }
            case JsonValue.Array array -> {
                for (int i = 0; i < array.values().size(); i++) {
                    collect(at + "/" + i, array.values().get(i), leaves);
                }
            }
            case JsonValue.Text text -> leaves.put(at, text.value());
            case JsonValue.Int integer -> leaves.put(at, integer.value());
            case JsonValue.Bool bool -> leaves.put(at, bool.value());
        }
    }

    private static JsonObject draft() throws JsonException {
        return CanonicalJson.parseObject(DRAFT.getBytes(UTF_8));
    }
}
