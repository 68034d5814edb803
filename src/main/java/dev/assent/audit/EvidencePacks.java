// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.audit.Report.Count;
import dev.assent.audit.Report.Policy;
import dev.assent.audit.Report.PurposeCount;
import dev.assent.consent.ConsentExport;
import dev.assent.consent.ExportStream;
import dev.assent.log.LogSnapshot;
import dev.assent.merkle.Hash;
import dev.assent.merkle.InclusionProof;
import dev.assent.note.TlogProof;
import dev.assent.receipt.Sample;
import dev.assent.site.Artefacts;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Packs evidence into archives. */
@Singleton
public class EvidencePacks {
    private static final String VERIFIER = "/dev/assent/site/widget/";

    private final ConsentExport exports;
    private final Samples samples;
    private final Artefacts artefacts;
    private final InstantSource clock;

    EvidencePacks(
            ConsentExport exports, Samples samples, Artefacts artefacts, InstantSource clock) {
        this.exports = exports;
        this.samples = samples;
        this.artefacts = artefacts;
        this.clock = clock;
    }

    /**
     * Begins an archive.
     *
     * @param sample drawn from {@code scope}; absent for none
     * @param drawing makes the report's page: well-formed XML that is HTML too
     * @return empty if there is nothing to pack
     */
    public Optional<EvidencePack> open(
            AuditScope scope, @Nullable Sample sample, Function<Report, byte[]> drawing) {
        var request = new ConsentExport.Request(scope.site(), scope.from(), scope.to(), null);
        return exports.open(request)
                .map(records -> new EvidencePack(this, scope, records, sample, drawing));
    }

    Instant now() {
        return clock.instant();
    }

    ExportStream again(AuditScope scope, ExportStream records) {
        return exports.again(scope.site(), records);
    }

    ExportStream open(AuditScope scope, Sample sample) {
        return samples.open(scope, sample);
    }

    /** What is the same whatever was recorded. */
    List<Part> fixed(LogSnapshot log) {
        return List.of(
                Part.of("README.txt", () -> resource("/dev/assent/audit/README.txt")),
                Part.of("checkpoint", () -> log.checkpoint().note().format().getBytes(UTF_8)),
                Part.of("vkey", () -> (log.vkey() + "\n").getBytes(UTF_8)),
                Part.of("verify.html", () -> resource(VERIFIER + "verify.html")),
                Part.of("verify.mjs", () -> resource(VERIFIER + "verify.mjs")));
    }

    /** The policies that records name, each with the proof that it was logged. */
    List<Part> artefacts(Tally tally, LogSnapshot log) {
        List<Part> parts = new ArrayList<>();
        tally.versions()
                .forEach((version, counted) -> {
                    Hash sha256 = Hash.fromHex(counted.sha256());
                    String name = "artefacts/version-" + version;
                    parts.add(Part.of(name + ".json", () -> artefacts.find(sha256).orElseThrow()));
                    parts.add(Part.of(name + ".tlog-proof", () -> proof(log, sha256)));
                });
        return parts;
    }

    Report report(
            AuditScope scope,
            ExportStream records,
            Tally tally,
            @Nullable Sample sample,
            boolean receipts) {
        List<String> controller = new ArrayList<>();
        List<Policy> policies = new ArrayList<>();
        SortedMap<String, Long> granted = new TreeMap<>();
        SortedMap<String, Long> necessary = new TreeMap<>();
        tally.versions()
                .forEach((version, counted) -> {
                    Hash sha256 = Hash.fromHex(counted.sha256());
                    var words = new PolicyWords(artefacts.read(sha256));
                    policies.add(words.policy(index(sha256), counted));
                    counted.on()
                            .forEach((id, count) ->
                                    (words.requires(id) ? necessary : granted)
                                            .merge(id, count, Long::sum));
                    controller.clear();
                    controller.addAll(words.controller());
                });
        return new Report(
                scope,
                clock.instant(),
                records.log().checkpoint(),
                records.log().vkey(),
                records.range(),
                tally.records(),
                tally.erased(),
                controller,
                counts(tally.actions()),
                counts(tally.sources()),
                counts(tally.layouts()),
                counts(tally.erasures()),
                purposes(granted, tally.refused()),
                counts(necessary),
                policies,
                receipts,
                sample,
                sample == null ? List.of() : samples.look(scope, sample));
    }

    private byte[] proof(LogSnapshot log, Hash sha256) {
        InclusionProof inclusion = log.inclusions(List.of(index(sha256))).getFirst();
        return TlogProof.of(inclusion, log.checkpoint().note()).format().getBytes(UTF_8);
    }

    private long index(Hash sha256) {
        return artefacts
                .index(sha256)
                .orElseThrow(() -> new IllegalStateException("no artefact " + sha256));
    }

    private static List<Count> counts(SortedMap<String, Long> counted) {
        return counted.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<PurposeCount> purposes(
            SortedMap<String, Long> granted, SortedMap<String, Long> refused) {
        var ids = new TreeSet<>(granted.keySet());
        ids.addAll(refused.keySet());
        return ids.stream()
                .map(id ->
                        new PurposeCount(
                                id, granted.getOrDefault(id, 0L), refused.getOrDefault(id, 0L)))
                .toList();
    }

    private static byte[] resource(String name) {
        try (InputStream file = EvidencePacks.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program was packed without " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
