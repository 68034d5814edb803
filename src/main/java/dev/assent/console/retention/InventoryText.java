// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

import dev.assent.console.retention.Inventory.Datum;
import dev.assent.console.retention.Inventory.Part;
import java.util.List;

/** The words of the inventory: what holds for every installation. */
final class InventoryText {
    private static final String WITH_RECORD = "as long as the record";
    private static final String ACCOUNT = "until an owner or the machine’s operator removes it";

    private InventoryText() {}

    static List<Part> parts() {
        return List.of(roles(), records(), browser(), rest(), log(), operators(), passing(), not());
    }

    private static Part roles() {
        return new Part(
                "Roles",
                List.of(
                        "Controller of the visitors’ data is whoever runs the site. Whoever runs this"
                                + " installation for somebody else is their processor (GDPR Art. 28) and needs"
                                + " a contract with them; who runs it for themselves needs none.",
                        "Recipients: none. The software sends nothing to its makers or to anybody else, but"
                                + " for what you set up yourself: webhooks (below), a mail server for"
                                + " invitations, witnesses (who see the log’s hashes only), and backups.",
                        "No transfer to third countries happens, unless a machine, a backup or a webhook"
                                + " of yours is there."),
                List.of());
    }

    private static Part records() {
        return new Part(
                "Consent records",
                List.of(
                        "Whom it concerns: visitors of the sites. Why: to be able to show that consent was"
                                + " given, refused or withdrawn, and under which words (GDPR Art. 7(1), 5(2))."
                                + " Ground: legal obligation, Art. 6(1)(c); for the proof of a refusal many"
                                + " name legitimate interest, Art. 6(1)(f).",
                        "A record is never changed. When its time is over, or at a request, it is erased with"
                                + " its salt; number, reason and time stay as a tombstone that names nobody."),
                List.of(
                        new Datum(
                                "id",
                                "a random number made in the browser",
                                "finds the record; whoever holds it may read it",
                                WITH_RECORD),
                        new Datum(
                                "site, seq",
                                "the site, and the record’s number there",
                                "shows that none is left out",
                                "the number stays"),
                        new Datum(
                                "action, source",
                                "accepted, refused, chose, withdrew or signalled; by what",
                                "is what is to be proven",
                                WITH_RECORD),
                        new Datum(
                                "choices",
                                "each purpose with yes or no",
                                "is what is to be proven",
                                WITH_RECORD),
                        new Datum(
                                "policy",
                                "version and hash of what was shown",
                                "ties the choice to the words",
                                WITH_RECORD),
                        new Datum(
                                "ruleset",
                                "the rules that applied, such as opt-in",
                                "says how was asked",
                                WITH_RECORD),
                        new Datum(
                                "language, layout",
                                "of the banner as it was shown",
                                "lets it be shown again",
                                WITH_RECORD),
                        new Datum(
                                "occurredAt, recordedAt, expiresAt",
                                "times by the browser’s and the server’s clock",
                                "says when, and until when",
                                WITH_RECORD),
                        new Datum(
                                "subject",
                                "16 bytes of a hash of a secret that stays in the browser; another one on each site",
                                "lets visitors find and erase what is theirs without naming themselves (Art. 11)",
                                WITH_RECORD),
                        new Datum(
                                "previous",
                                "commitment of the visitor’s record before",
                                "shows the history",
                                WITH_RECORD),
                        new Datum(
                                "salt",
                                "32 random bytes",
                                "hides the record behind its entry in the log",
                                WITH_RECORD)));
    }

    private static Part browser() {
        return new Part(
                "In the visitor’s browser",
                List.of(
                        "Stored by the banner on the visited site, for that site alone; strictly necessary to"
                                + " remember the answer (ePrivacy Art. 5(3), second sentence), so it needs no"
                                + " consent itself. SITE stands for the site’s key. Declare it in your policy."),
                List.of(
                        new Datum(
                                "cookie “assent”",
                                "version, purposes granted, time, the record’s id",
                                "remembers the answer, readable by your own server",
                                "the policy’s lifetime"),
                        new Datum(
                                "localStorage “assent.SITE.secret”",
                                "32 random bytes",
                                "proves later that the records are theirs",
                                "until the visitor or the browser clears it"),
                        new Datum(
                                "localStorage “assent.SITE.last”",
                                "id of the newest record",
                                "ties records to one another",
                                "until cleared"),
                        new Datum(
                                "localStorage “assent.SITE.outbox.…”",
                                "an answer on its way",
                                "survives a lost network",
                                "until it has arrived"),
                        new Datum(
                                "localStorage “assent.SITE.gpc”",
                                "that the browser’s signal was recorded",
                                "records it once",
                                "until cleared"),
                        new Datum(
                                "localStorage “assent.SITE.notice”",
                                "that a coming version was announced",
                                "says it once",
                                "until cleared")));
    }

    private static Part rest() {
        return new Part(
                "Counts, policies and webhooks",
                List.of("Nothing here names a visitor, but for the ids in webhooks’ messages."),
                List.of(
                        new Datum(
                                "statistics",
                                "counts by day, version, language, layout, action and purpose",
                                "shows how visitors answer",
                                "with the site; a count stays when a record is erased"),
                        new Datum(
                                "policies",
                                "every published version with texts and trackers",
                                "shows what was asked",
                                "for good: records refer to them"),
                        new Datum(
                                "webhooks",
                                "address, types, sealed secret",
                                "tells your own systems what happened",
                                "until removed"),
                        new Datum(
                                "deliveries",
                                "id and number of a record, when and how the message was answered",
                                "lets you see and repeat them",
                                "30 days, and never longer than the record")));
    }

    private static Part log() {
        return new Part(
                "The transparency log",
                List.of(
                        "Public, and never shortened. It holds hashes only: of records (with their salts,"
                                + " which are erased with them), of policies, of statements of erasure, of"
                                + " operators’ events. Without the salt nobody can tell what an entry was about,"
                                + " so nothing personal is in it."),
                List.of());
    }

    private static Part operators() {
        return new Part(
                "Operators",
                List.of(
                        "Whom it concerns: those who sign in here. Why: to let in whom you let in, and to show"
                                + " who did what (Art. 32, 5(2)). Ground: legitimate interest or contract,"
                                + " Art. 6(1)(f) or (b)."),
                List.of(
                        new Datum(
                                "name, email, role",
                                "as they were given",
                                "tells operators apart",
                                ACCOUNT),
                        new Datum("password", "a hash (Argon2id)", "lets in", ACCOUNT),
                        new Datum(
                                "second factor",
                                "a sealed secret, hashes of backup codes",
                                "guards the account",
                                "until turned off"),
                        new Datum(
                                "sessions",
                                "hash of a token, browser in coarse words, times",
                                "keeps signed in; can be seen and ended",
                                "12 hours without a request, 14 days at most"),
                        new Datum(
                                "cookie “assent-session”",
                                "a random token (__Host-… over https)",
                                "keeps signed in",
                                "as the session"),
                        new Datum(
                                "invitations, links",
                                "address, role; hash of the link",
                                "lets in once",
                                "7 days; links for passwords an hour"),
                        new Datum(
                                "failed attempts",
                                "a hash of what was guessed at, a count",
                                "slows down who guesses",
                                "a day"),
                        new Datum(
                                "trail",
                                "who did what to what and when, with name and address as they were then",
                                "shows who changed what; cannot be changed",
                                "for good"),
                        new Datum(
                                "secrets just made",
                                "a new key, link or set of codes, sealed",
                                "shows it once, however often a form is sent",
                                "10 minutes; that it was made, as the session"),
                        new Datum(
                                "API keys",
                                "name, hash, scopes, last use",
                                "lets programs in",
                                "for good, revoked ones too")));
    }

    private static Part passing() {
        return new Part(
                "Seen in passing",
                List.of(
                        "Addresses of visitors and operators are used in memory, as network prefixes, to limit"
                                + " how often one may ask, and are not stored. The service’s log names no"
                                + " visitor and no address. Your proxy’s log is yours to look after.",
                        "Redis holds scripts and, for a minute, sealed sessions; it may be emptied at any"
                                + " moment.",
                        "Erased rows leave the disk with PostgreSQL’s vacuum, its write-ahead log, and the"
                                + " oldest backup that holds them: say in your own record how long backups are"
                                + " kept."),
                List.of());
    }

    private static Part not() {
        return new Part(
                "Never stored",
                List.of(
                        "Addresses, user agents, pages visited, names, fingerprints, anything that a visitor"
                                + " typed; and the visitor’s secret itself, which is hashed as it arrives."),
                List.of());
    }
}
