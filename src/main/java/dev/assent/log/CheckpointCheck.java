// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import dev.assent.receipt.CanonicalJson;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether a stored checkpoint is over the entries that are there, and signed by the key that was
 * the log's at that size; and whether the log itself says which keys these were.
 */
final class CheckpointCheck {
    static final String CHECKPOINTS =
            """
            select size, root, note, coalesce(lines, '')
            from checkpoint left join checkpoint_cosignature using (size)
            order by size
            """;

    private static final String KEYS =
            """
            select opened_index, vkey, document
            from log_key left join log_statement on log_index = opened_index
            order by opened_index
            """;

    private final Findings findings;

    /** By the index of the entry that says so. */
    private final NavigableMap<Long, NoteVerifier> keys = new TreeMap<>();

    private CheckpointCheck(Findings findings) {
        this.findings = findings;
    }

    /** Reads the keys that have signed. */
    static CheckpointCheck read(Connection connection, Findings findings) throws SQLException {
        var check = new CheckpointCheck(findings);
        try (PreparedStatement statement = connection.prepareStatement(KEYS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                check.add(row.getLong(1), row.getString(2), Optional.ofNullable(row.getBytes(3)));
            }
        }
        return check;
    }

    /** The log's name now; empty before it is opened. */
    Optional<String> origin() {
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.lastEntry().getValue().name());
    }

    private void add(long opened, String vkey, Optional<byte[]> event) {
        try {
            keys.put(opened, NoteVerifier.parse(vkey, SignatureType.ED25519));
        } catch (NoteException e) {
            findings.add("the key of entry " + opened + " is none: " + e.getMessage());
        }
        findings.require(
                event.isPresent() && opens(event.get(), vkey),
                "entry " + opened + " does not open the log under the key that is stored for it");
    }

    /** That this document is what the entry holds is checked with the evidence. */
    private static boolean opens(byte[] event, String vkey) {
        try {
            JsonObject said = CanonicalJson.parseCanonicalObject(event);
            return said.text("event").equals("log-opened") && said.text("vkey").equals(vkey);
        } catch (JsonException e) {
            return false;
        }
    }

    /**
     * Checks one of {@link #CHECKPOINTS}.
     *
     * @param tree over as many entries as the checkpoint says, or fewer if some are missing
     */
    void check(long size, ResultSet row, RecomputedTree tree) throws SQLException {
        String what = "the checkpoint over " + size + " entries ";
        try {
            SignedCheckpoint signed = SignedCheckpoint.read(row.getString(3), "");
            findings.require(signed.size() == size, what + "says another size");
            findings.require(
                    Arrays.equals(row.getBytes(2), signed.root().bytes()),
                    what + "is stored with another root than it says");
            if (tree.size() == size) {
                findings.require(
                        signed.root().equals(tree.root()), what + "is not over these entries");
            } else {
                findings.add(what + "is over more than are there");
            }
            checkSignature(size, signed, what);
            checkCosignatures(signed, row.getString(4), what);
        } catch (IllegalStateException e) {
            findings.add(what + "is none: " + e.getMessage());
        }
    }

    private void checkSignature(long size, SignedCheckpoint signed, String what) {
        Map.Entry<Long, NoteVerifier> opened = keys.lowerEntry(size);
        if (opened == null) {
            findings.add(what + "was signed before there was a key");
            return;
        }
        NoteVerifier key = opened.getValue();
        findings.require(signed.origin().equals(key.name()), what + "is of another log");
        try {
            findings.require(
                    signed.note().verify(keys.values()).containsKey(key),
                    what + "is not signed by the key that was the log's");
        } catch (NoteException e) {
            findings.add(what + "is not signed by the log: " + e.getMessage());
        }
    }

    private void checkCosignatures(SignedCheckpoint signed, String lines, String what) {
        try {
            SignedCheckpoint all = SignedCheckpoint.read(signed.note().format(), lines);
            findings.require(
                    all.note().text().equals(signed.note().text()),
                    what + "has cosignatures of another form");
        } catch (IllegalStateException e) {
            findings.add(what + "has cosignatures of another form");
        }
    }
}
