// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.log.LogProofs;
import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.Hash;
import dev.assent.receipt.LoggedDocument;
import dev.assent.receipt.ProofBundle;
import dev.assent.receipt.Receipt;
import dev.assent.site.Artefacts;
import dev.assent.web.Problem.Fault;
import dev.assent.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What proves a record, once a signed checkpoint covers its entry. */
@Singleton
public class Receipts {
    private final LogProofs log;
    private final Artefacts artefacts;

    Receipts(LogProofs log, Artefacts artefacts) {
        this.log = log;
        this.artefacts = artefacts;
    }

    /** The receipt; empty while no checkpoint covers the record. */
    public Optional<Receipt> receipt(ConsentRecord record) {
        return log.under(record.index(), proofs -> receipt(record, proofs));
    }

    /**
     * The receipt with the artefact and the log's key, all proofs under one checkpoint; empty while
     * none covers the record.
     *
     * @param since size of a checkpoint kept earlier, to which consistency is to be proved
     * @throws ProblemException 422 if the log never had that size
     */
    public Optional<ProofBundle> bundle(ConsentRecord record, @Nullable Long since) {
        return log.under(record.index(), proofs -> bundle(record, proofs, since));
    }

    private ProofBundle bundle(
            ConsentRecord record, LogProofs.Proofs proofs, @Nullable Long since) {
        return new ProofBundle(
                record.content(),
                receipt(record, proofs).format(),
                artefact(record, proofs),
                proofs.vkey(),
                since == null ? Optional.empty() : Optional.of(consistency(proofs, since)));
    }

    private static Receipt receipt(ConsentRecord record, LogProofs.Proofs proofs) {
        return Receipt.of(
                record.salt(),
                record.document(),
                proofs.inclusion(record.index()),
                proofs.checkpoint().note());
    }

    private LoggedDocument artefact(ConsentRecord record, LogProofs.Proofs proofs) {
        Hash sha256 = record.policySha256();
        long index = artefacts.index(sha256).orElseThrow(() -> missing(sha256));
        return new LoggedDocument(artefacts.read(sha256), proofs.tlogProof(index));
    }

    private static ProofBundle.Consistency consistency(LogProofs.Proofs proofs, long since) {
        ConsistencyProof proof =
                Optional.of(since)
                        .filter(size -> size >= 0)
                        .flatMap(proofs::consistency)
                        .orElseThrow(() ->
                                ProblemException.unacceptable(
                                        "request",
                                        List.of(
                                                new Fault(
                                                        "/since",
                                                        "expected a size that the log"
                                                                + " has had"))));
        return new ProofBundle.Consistency(proof.first(), proof.path());
    }

    private static IllegalStateException missing(Hash sha256) {
        return new IllegalStateException("no artefact " + sha256);
    }
}
