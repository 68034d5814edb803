// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.consent.ConsentRecord;
import dev.assent.consent.Receipts;
import dev.assent.console.record.ProofPage.Proof;
import dev.assent.merkle.Hash;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.TlogProof;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.ProofBundle;
import dev.assent.site.Artefacts;
import dev.assent.site.Site;
import dev.assent.site.Sites;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Base64;

/** Puts a record into words with all that is needed for it: its policy, its site and its proof. */
@Singleton
final class RecordReader {
    private final Receipts receipts;
    private final Artefacts artefacts;
    private final Sites sites;
    private final InstantSource clock;

    RecordReader(Receipts receipts, Artefacts artefacts, Sites sites, InstantSource clock) {
        this.receipts = receipts;
        this.artefacts = artefacts;
        this.sites = sites;
        this.clock = clock;
    }

    /** What a person reads of {@code record}. */
    ProofPage read(ConsentRecord record) {
        try {
            JsonObject content = record.content();
            Hash sha256 = Hash.fromHex(content.text("policy", "sha256"));
            String siteKey = content.text("site");
            String site = sites.find(siteKey).join().map(Site::name).orElse(siteKey);
            Proof proof = receipts.bundle(record, null).map(b -> proof(record, b)).orElse(null);
            return ProofReader.read(record, artefacts.read(sha256), site, proof, clock.instant());
        } catch (JsonException e) {
            throw new IllegalStateException("record " + record.id() + " cannot be read", e);
        }
    }

    private static Proof proof(ConsentRecord record, ProofBundle bundle) {
        try {
            Note note = TlogProof.parse(bundle.receipt()).checkpoint();
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            String encoded =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(CanonicalJson.write(bundle.json()));
            return new Proof(
                    "/v1/consents/" + record.id() + "/receipt",
                    "/verify#bundle=" + encoded,
                    checkpoint.origin(),
                    checkpoint.size(),
                    (int)
                            note.signatures().stream()
                                    .filter(line -> !line.name().equals(checkpoint.origin()))
                                    .count());
        } catch (NoteException e) {
            throw new IllegalStateException("the receipt of " + record.id() + " is none", e);
        }
    }
}
