// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static dev.assent.receipt.SampleReceipt.failedStep;
import static dev.assent.receipt.SampleReceipt.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.note.NoteException;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Bool;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that are in the log and do not agree with the version that they name. */
class RecordRulesTest {
    private final SampleReceipt sample = new SampleReceipt();
    private final SampleLog log = sample.log;
    private final JsonObject artefact = sample.artefact;
    private final JsonObject record = sample.record;

    RecordRulesTest() throws NoteException {}

    @Test
    void artefact_mustBeTheOneNamedAndLoggedBefore() {
        JsonObject other = SampleLog.with(artefact, "version", new Int(13));
        int otherIndex = log.add(Entry.Type.ARTEFACT, other);
        int again = log.add(Entry.Type.ARTEFACT, artefact);
        JsonObject unnamed = SampleLog.without(record, "policy");
        int unnamedIndex = log.addRecord(unnamed);
        assertThat(
                        sample.failed(
                                log.bundle(unnamed, unnamedIndex, artefact, sample.artefactIndex)
                                        .json()))
                .isEqualTo(Step.ARTEFACT);
        int asRecord = log.add(Entry.Type.ERASURE, artefact);
        assertThat(sample.failed(log.bundle(record, sample.index, other, otherIndex).json()))
                .isEqualTo(Step.ARTEFACT);
        Verdict late = sample.verify(text(log.bundle(record, sample.index, artefact, again)));
        assertThat(failedStep(late)).isEqualTo(Step.ARTEFACT);
        assertThat(late.checks().getLast().detail()).contains("after the record");
        assertThat(sample.failed(log.bundle(record, sample.index, artefact, asRecord).json()))
                .isEqualTo(Step.ARTEFACT);
        assertThat(sample.failed(log.bundle(record, sample.index, artefact, sample.index).json()))
                .isEqualTo(Step.ARTEFACT);
    }

    @Test
    void record_mustAgreeWithItsArtefact() {
        JsonObject choices = SampleLog.json("{\"analytics\":false,\"session\":true}");
        refusedByRules("choices", choices);
        refusedByRules("choices", SampleLog.with(choices, "theme", new Text("true")));
        refusedByRules(
                "choices",
                SampleLog.json(
                        "{\"ads\":false,\"analytics\":false,\"session\":true,\"theme\":true}"));
        refusedByRules(
                "choices",
                SampleLog.json("{\"analytics\":false,\"session\":false,\"theme\":true}"));
        refusedByRules("language", new Text("de"));
        refusedByRules("language", new Bool(true));
        refusedByRules("site", new Text("anotherOne"));
        refusedByRules("expiresAt", new Text("2027-02-28T10:00:03.481Z"));
        refusedByRules("expiresAt", new Text("2027-03-01T10:00:03.480Z"));
        refusedByRules("expiresAt", new Text("2027-02-28T10:00:03Z"));
        refusedByRules("recordedAt", new Text("2026-08-31T10:00:03.480+00:00"));
        refusedByRules("recordedAt", new Text("2026-08-32T10:00:03.480Z"));
        refusedByRules("recordedAt", new Text("2026-08-27T10:00:03.480Z"));
        JsonObject policy = record.members().get("policy") instanceof JsonObject p ? p : record;
        refusedByRules("policy", SampleLog.with(policy, "version", new Int(11)));
    }

    @Test
    void artefact_ofAnotherForm_isRefusedByTheRules() {
        for (JsonObject odd :
                List.of(
                        SampleLog.with(artefact, "lifetime", new Text("six months")),
                        SampleLog.with(artefact, "lifetime", new Text("P999999999Y")),
                        SampleLog.with(artefact, "purposes", new Array(List.of(new Int(1)))),
                        SampleLog.without(artefact, "texts"))) {
            int at = log.add(Entry.Type.ARTEFACT, odd);
            JsonObject under = SampleLog.record(1, odd);
            int recordAt = log.addRecord(under);
            assertThat(sample.failed(log.bundle(under, recordAt, odd, at).json()))
                    .isEqualTo(Step.RULES);
        }
    }

    private void refusedByRules(String key, JsonValue value) {
        JsonObject odd = SampleLog.with(record, key, value);
        int at = log.addRecord(odd);
        assertThat(sample.failed(log.bundle(odd, at, artefact, sample.artefactIndex).json()))
                .as("%s %s", key, value)
                .isEqualTo(Step.RULES);
    }
}
