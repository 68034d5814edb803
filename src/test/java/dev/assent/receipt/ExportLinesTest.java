// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.InclusionProof;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportLinesTest {
    private final SampleLog log = new SampleLog();
    private final JsonObject artefact = SampleLog.artefact();
    private final JsonObject record = SampleLog.record(5);
    private final JsonObject statement =
            SampleLog.json(
                    """
                    {"v":1,"site":"k7Q2mZ0pRb","first":6,"last":6,"reason":"request",
                     "at":"2026-09-01T00:00:00.000Z"}
                    """);
    private final int artefactIndex = log.add(Entry.Type.ARTEFACT, artefact);
    private final int index = log.addRecord(record);
    private final int erasedIndex = log.addRecord(SampleLog.record(6));
    private final int statementIndex = log.add(Entry.Type.ERASURE, statement);
    private final String vkey = log.key.verifier().vkey();
    private final ExportLines lines = new ExportLines(log.checkpoint(log.size()), vkey);

    ExportLinesTest() throws NoteException {}

    @Test
    void bundle_isTheCanonicalOne() throws Exception {
        ProofBundle bundle = log.bundle(record, index, artefact, artefactIndex);
        assertThat(text(bundleLine())).isEqualTo(CanonicalJson.writeText(bundle.json()) + "\n");
        assertThat(text(bundleLine())).as("a second time").isEqualTo(text(bundleLine()));
    }

    @Test
    void tombstone_isTheCanonicalOne() throws Exception {
        String line = text(tombstoneLine());
        JsonObject json = SampleLog.json(line);
        assertThat(line).isEqualTo(CanonicalJson.writeText(json) + "\n");
        Tombstone tombstone = Tombstone.parse(json);
        assertThat(tombstone.json()).isEqualTo(json);
        assertThat(tombstone.isStated()).isTrue();
        assertThat(List.of(tombstone.seq(), tombstone.index()))
                .containsExactly(6L, (long) erasedIndex);
        assertThat(tombstone.erasure()).isEqualTo(log.logged(statement, statementIndex));
        assertThat(tombstone.vkey()).isEqualTo(vkey);
    }

    @Test
    void growth_isProvenByTheNextLineAlone() throws Exception {
        var proof =
                new ConsistencyProof(
                        1, log.size(), List.of(log.receipt(record, index, log.size()).leafHash()));
        for (boolean erased : new boolean[] {false, true}) {
            String without = text(erased ? tombstoneLine() : bundleLine());
            lines.prove(proof);
            String with = text(erased ? tombstoneLine() : bundleLine());

            JsonObject json = SampleLog.json(with);
            assertThat(with).isEqualTo(CanonicalJson.writeText(json) + "\n");
            assertThat(json.integer("consistency", "first")).isEqualTo(1);
            assertThat(json.array("consistency", "path")).hasSize(1);
            assertThat(SampleLog.without(json, "consistency")).isEqualTo(SampleLog.json(without));
            assertThat(text(erased ? tombstoneLine() : bundleLine())).isEqualTo(without);
        }
    }

    private byte[] bundleLine() throws NoteException {
        ExportLines.Artefact start =
                lines.artefact(
                        CanonicalJson.write(artefact),
                        inclusion(log.logged(artefact, artefactIndex).proof()));
        String receipt = log.receipt(record, index, log.size()).format();
        return lines.bundle(
                start, SampleLog.salt(), CanonicalJson.write(record), inclusion(receipt));
    }

    private byte[] tombstoneLine() throws NoteException {
        String proof = log.logged(statement, statementIndex).proof();
        return lines.tombstone(
                "k7Q2mZ0pRb", 6, erasedIndex, CanonicalJson.write(statement), inclusion(proof));
    }

    private InclusionProof inclusion(String proof) throws NoteException {
        return TlogProof.parse(proof).inclusion(log.size());
    }

    private static String text(byte[] line) {
        return new String(line, UTF_8);
    }
}
