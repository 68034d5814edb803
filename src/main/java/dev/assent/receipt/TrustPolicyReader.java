// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a trust file from the first line to the last: a name is defined before it is used. */
final class TrustPolicyReader {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String NONE = "none";

    private final List<NoteVerifier> logs = new ArrayList<>();
    private final List<NoteVerifier> witnesses = new ArrayList<>();
    private final Map<NoteVerifier, String> urls = new HashMap<>();
    private final Map<String, Quorum> named = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private final Set<ByteBuffer> logKeys = new HashSet<>();
    private final Set<ByteBuffer> witnessKeys = new HashSet<>();
    private @Nullable Quorum quorum;
    private int line;

    TrustPolicy read(byte[] file) throws TrustPolicyException {
        for (String text : decode(file).split("\n", -1)) {
            line++;
            String trimmed = text.replace('\t', ' ').strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                read(trimmed.split(" +"));
            }
        }
        if (quorum == null) {
            throw refusal("a quorum is missing; \"quorum none\" asks for no witness");
        }
        return new TrustPolicy(logs, witnesses, quorum, urls);
    }

    private void read(String[] words) throws TrustPolicyException {
        switch (words[0]) {
            case "log" -> {
                requireWords(words, 2, 3);
                logs.add(key(words[1], SignatureType.ED25519, logKeys));
            }
            case "witness" -> {
                requireWords(words, 3, 4);
                NoteVerifier key = key(words[2], SignatureType.COSIGNATURE_V1, witnessKeys);
                witnesses.add(key);
                if (words.length == 4) {
                    urls.put(key, words[3]);
                }
                define(words[1], new Quorum.Witness(key));
            }
            case "group" -> {
                requireWords(words, 4, Integer.MAX_VALUE);
                define(words[1], group(words[2], Arrays.asList(words).subList(3, words.length)));
            }
            case "quorum" -> {
                requireWords(words, 2, 2);
                if (quorum != null) {
                    throw refusal("a second quorum");
                }
                quorum = words[1].equals(NONE) ? Quorum.NONE : find(words[1]);
            }
            default -> throw refusal("expected log, witness, group or quorum");
        }
    }

    private Quorum group(String threshold, List<String> names) throws TrustPolicyException {
        List<Quorum> found = new ArrayList<>();
        for (String name : names) {
            found.add(find(name));
            if (!members.add(name)) {
                throw refusal("a name is a member twice");
            }
        }
        int needed =
                switch (threshold) {
                    case "any" -> 1;
                    case "all" -> found.size();
                    default -> number(threshold);
                };
        if (needed < 1 || needed > found.size()) {
            throw refusal("a group needs 1 to " + found.size() + " of its members");
        }
        return new Quorum.Group(needed, found);
    }

    private NoteVerifier key(String vkey, SignatureType type, Set<ByteBuffer> known)
            throws TrustPolicyException {
        try {
            NoteVerifier key = NoteVerifier.parse(vkey, type);
            if (!known.add(ByteBuffer.wrap(key.publicKey()))) {
                throw refusal("a key stands twice");
            }
            return key;
        } catch (NoteException e) {
            throw refusal(e.getMessage());
        }
    }

    private void define(String name, Quorum meaning) throws TrustPolicyException {
        if (name.equals(NONE) || named.putIfAbsent(name, meaning) != null) {
            throw refusal("a name is defined twice, or is none");
        }
    }

    private Quorum find(String name) throws TrustPolicyException {
        Quorum found = named.get(name);
        if (found == null) {
            throw refusal("a name is not defined above");
        }
        return found;
    }

    private void requireWords(String[] words, int least, int most) throws TrustPolicyException {
        if (words.length < least || words.length > most) {
            throw refusal("too few or too many words after " + words[0]);
        }
    }

    private int number(String text) throws TrustPolicyException {
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw refusal("a group has any, all or a number");
        }
        return Integer.parseInt(text);
    }

    private String decode(byte[] file) throws TrustPolicyException {
        if (file.length > MAX_BYTES) {
            throw refusal("a trust file has at most " + MAX_BYTES + " bytes");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
            if (text.chars().anyMatch(c -> (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)) {
                throw refusal("a control character other than tab and line end");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw refusal("not UTF-8");
        }
    }

    private TrustPolicyException refusal(String message) {
        return new TrustPolicyException(line, message);
    }
}
