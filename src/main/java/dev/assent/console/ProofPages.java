// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.consent.ConsentRecord;
import dev.assent.consent.ConsentRecords;
import dev.assent.consent.Receipts;
import dev.assent.console.ProofPage.Proof;
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
import dev.assent.web.PublicUrl;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.InstantSource;
import java.util.Base64;

/** A consent record as a page, on the path where programs find it as JSON. */
@Controller("/v1/consents")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class ProofPages {
    /** The same for what never was, what is no id, and what has been erased. */
    private static final ErrorPage NONE =
            new ErrorPage(
                    404,
                    "There is no such record",
                    "Perhaps the address is not complete, or the choice has not reached this service"
                            + " yet, or the record has been erased. An erased record leaves nothing"
                            + " behind that could be shown here.",
                    null);

    private final ConsentRecords records;
    private final Receipts receipts;
    private final Artefacts artefacts;
    private final Sites sites;
    private final InstantSource clock;
    private final PublicUrl url;
    private final Html html;

    ProofPages(
            ConsentRecords records,
            Receipts receipts,
            Artefacts artefacts,
            Sites sites,
            InstantSource clock,
            PublicUrl url,
            Html html) {
        this.records = records;
        this.receipts = receipts;
        this.artefacts = artefacts;
        this.sites = sites;
        this.clock = clock;
        this.url = url;
        this.html = html;
    }

    @Get("/{id}")
    @Produces(Html.TYPE)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<byte[]> show(@PathVariable String id) {
        return records.find(id)
                .map(this::answer)
                .orElseGet(() -> html.still(HttpStatus.NOT_FOUND, "problem", NONE));
    }

    private MutableHttpResponse<byte[]> answer(ConsentRecord record) {
        String artefact = url.of(record.artefactPath());
        return html.still(HttpStatus.OK, "proof", page(record))
                .header(HttpHeaders.LINK, "<" + artefact + ">; rel=\"describedby\"");
    }

    private ProofPage page(ConsentRecord record) {
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
