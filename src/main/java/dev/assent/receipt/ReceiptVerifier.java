// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.receipt.Check.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks receipts and proof bundles, offline, in the steps of formats §8. Not for several threads.
 *
 * <p>Any bytes give a {@link Verdict}; the first step that fails ends the verification.
 */
public final class ReceiptVerifier {
    /** Said with every verdict (formats §9). */
    static final String LIMITS =
            "a proof does not show that a human clicked, that the site obeyed the choice,"
                    + " or that every choice was sent";

    static final String FIRST_USE =
            "trust on first use: the log's key came with the file; compare it with one from"
                    + " another source";

    private final TrustPolicy trust;
    private final Optional<Note> since;
    private final SignedCheckpoints checkpoints;

    /** A verifier that does not look for consistency. */
    public ReceiptVerifier(TrustPolicy trust) {
        this(trust, Optional.empty());
    }

    /**
     * @param trust {@link TrustPolicy#FIRST_USE} if no key is known: a bundle brings one
     * @param since a checkpoint of the log that was kept earlier
     */
    public ReceiptVerifier(TrustPolicy trust, Optional<Note> since) {
        this.trust = trust;
        this.since = since;
        this.checkpoints = new SignedCheckpoints(trust);
    }

    /**
     * Verifies a receipt, {@code .tlog-proof}, or a proof bundle or operator's event, JSON.
     *
     * @param file a receipt of at most 128 KiB or a bundle of at most 640 KiB, or step 1 fails
     */
    public Verdict verify(byte[] file) {
        try {
            return verdict(parse(file));
        } catch (Refusal e) {
            return new Verdict(Verdict.NO_LEVEL, List.of(e.check()), List.of(LIMITS));
        }
    }

    /** A file, and what it is called. */
    private record Parsed(String what, Verifying verifying) {}

    private Parsed parse(byte[] file) throws Refusal {
        try {
            return isJson(file)
                    ? parse(CanonicalJson.parseObject(file, ProofBundle.MAX_BYTES))
                    : new Parsed(
                            "receipt",
                            Verification.of(grounds(Keys.of(trust)), Receipt.parse(file)));
        } catch (NoteException e) {
            throw new Refusal(Step.PARSE, e.getMessage());
        } catch (JsonException e) {
            throw Verification.refusal(Step.PARSE, e);
        }
    }

    private Parsed parse(JsonObject json) throws JsonException, NoteException {
        if (EventProof.isOne(json)) {
            EventProof.Parsed event = EventProof.parse(json);
            Grounds grounds = grounds(Keys.of(trust, event.vkey()));
            return new Parsed("operator's event", new EventVerification(grounds, event));
        }
        ProofBundle bundle = ProofBundle.parse(json);
        Grounds grounds = grounds(Keys.of(trust, bundle.vkey()));
        return new Parsed("proof bundle", Verification.of(grounds, bundle));
    }

    private Grounds grounds(Keys keys) {
        return new Grounds(trust, checkpoints, keys, since, new Heads());
    }

    private Verdict verdict(Parsed parsed) {
        Verifying verification = parsed.verifying();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(Step.PARSE, Result.PASSED, parsed.what()));
        Optional<Check> failure = Optional.empty();
        try {
            verification.run();
        } catch (Refusal e) {
            failure = Optional.of(e.check());
        }
        checks.addAll(verification.checks().all());
        failure.ifPresent(checks::add);
        return new Verdict(
                level(checks, verification.checks().cosigned()), checks, notes(verification));
    }

    private String level(List<Check> checks, int cosigned) {
        boolean signed = checks.stream().anyMatch(c -> c.step() == Step.WITNESSES && passed(c));
        return signed ? Verdict.level(cosigned, trust.witnesses().size()) : Verdict.NO_LEVEL;
    }

    private static boolean passed(Check check) {
        return check.result() != Result.FAILED;
    }

    private static List<String> notes(Verifying verification) {
        return verification.isOnFirstUse() ? List.of(FIRST_USE, LIMITS) : List.of(LIMITS);
    }

    /** A JSON document begins with a brace, a receipt with its name. */
    static boolean isJson(byte[] file) {
        for (byte b : file) {
            if (b > ' ') {
                return b == '{';
            }
        }
        return false;
    }
}
