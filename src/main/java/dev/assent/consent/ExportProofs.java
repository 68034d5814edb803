// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.LogSnapshot;
import dev.assent.merkle.Hash;
import dev.assent.merkle.InclusionProof;
import dev.assent.receipt.ExportLines;
import dev.assent.site.Artefacts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Turns rows into lines, all under one checkpoint. Not for several threads at once. */
final class ExportProofs {
    /** Policy versions whose artefacts are at hand; visitors mostly choose under the newest two. */
    private static final int ARTEFACTS_KEPT = 16;

    private final String siteKey;
    private final LogSnapshot log;
    private final Artefacts artefacts;
    private final ExportLines lines;
    private final Map<Integer, ExportLines.Artefact> starts =
            new LinkedHashMap<>(ARTEFACTS_KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(
                        Map.Entry<Integer, ExportLines.Artefact> eldest) {
                    return size() > ARTEFACTS_KEPT;
                }
            };

    ExportProofs(String siteKey, LogSnapshot log, Artefacts artefacts) {
        this.siteKey = siteKey;
        this.log = log;
        this.artefacts = artefacts;
        this.lines = new ExportLines(log.checkpoint().note(), log.vkey());
    }

    /** Lets the next line prove that the log grew from its first {@code size} entries. */
    void proveGrowth(long size) {
        lines.prove(log.consistency(size));
    }

    /** Whether the checkpoint covers all that the rows' lines prove. */
    boolean cover(List<ExportRow> rows) {
        return rows.stream().allMatch(row -> log.checkpoint().covers(row.provenIndex()));
    }

    /**
     * The rows' lines, each made when it is asked for.
     *
     * @param rows all of them {@linkplain #cover covered}
     */
    Iterator<ExportLine> lines(List<ExportRow> rows) {
        List<InclusionProof> proofs =
                log.inclusions(rows.stream().map(ExportRow::provenIndex).toList());
        return IntStream.range(0, rows.size())
                .mapToObj(i -> line(rows.get(i), proofs.get(i)))
                .iterator();
    }

    private ExportLine line(ExportRow row, InclusionProof proof) {
        return new ExportLine(row, proof, log.checkpoint().note(), bytes(row, proof));
    }

    private byte[] bytes(ExportRow row, InclusionProof proof) {
        if (row.statementIndex() != null) {
            return lines.tombstone(siteKey, row.seq(), row.logIndex(), row.document(), proof);
        }
        return lines.bundle(artefact(row), row.salt(), row.document(), proof);
    }

    private ExportLines.Artefact artefact(ExportRow row) {
        int version = Objects.requireNonNull(row.policyVersion());
        ExportLines.Artefact start = starts.get(version);
        if (start == null) {
            start = artefact(ConsentRecord.policySha256(row.document()));
            starts.put(version, start);
        }
        return start;
    }

    private ExportLines.Artefact artefact(Hash sha256) {
        long index = artefacts.index(sha256).orElseThrow(() -> missing(sha256));
        byte[] document = artefacts.find(sha256).orElseThrow(() -> missing(sha256));
        return lines.artefact(document, log.inclusions(List.of(index)).getFirst());
    }

    private static IllegalStateException missing(Hash sha256) {
        return new IllegalStateException("no artefact " + sha256);
    }
}
