// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.ProblemException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a form sent ({@code application/x-www-form-urlencoded}), in order. A controller's parameter
 * of this type holds it.
 *
 * @param fields names may repeat; values may hold anything but U+0000
 * @param isCleaned whether U+0000 was left out of what was sent: PostgreSQL's texts hold none
 */
public record Form(List<Field> fields, boolean isCleaned) {
    private static final int MAX_FIELDS = 10_000;

    /** A form without fields. */
    public static final Form EMPTY = new Form(List.of());

    /** One field. */
    public record Field(String name, String value) {
        /** Without the value. */
        @Override
        public String toString() {
            return "field " + name;
        }
    }

    public Form {
        fields = List.copyOf(fields);
    }

    public Form(List<Field> fields) {
        this(fields, false);
    }

    /**
     * Reads a body.
     *
     * @throws ProblemException 400 if it is no form
     */
    static Form parse(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        List<Field> fields = new ArrayList<>();
        try {
            for (String pair : text.split("&", MAX_FIELDS + 1)) {
                if (!pair.isEmpty()) {
                    fields.add(field(pair));
                }
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.malformed("The form cannot be read.");
        }
        if (fields.size() > MAX_FIELDS) {
            throw ProblemException.malformed("The form has too many fields.");
        }
        return cleaned(fields);
    }

    /** The first value under {@code name}; empty if there is none. */
    public String text(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    /** All values under {@code name}, in order. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    /**
     * A whole number, such as an id.
     *
     * @throws ProblemException 404 if it is none: no such thing has been offered
     */
    public long id(String name) {
        String text = text(name);
        if (!text.matches("[0-9]{1,18}")) {
            throw ProblemException.notFound(name);
        }
        return Long.parseLong(text);
    }

    /** As it stands in an address or is sent, without the fields that are empty. */
    public String encoded() {
        return fields.stream()
                .filter(field -> !field.value().isEmpty())
                .map(field -> encode(field.name()) + "=" + encode(field.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Field field(String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        return new Field(name, value);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** No keyboard types U+0000, but what is pasted may hold it, and nobody sees it there. */
    private static Form cleaned(List<Field> fields) {
        List<Field> clean =
                fields.stream()
                        .map(field -> new Field(without(field.name()), without(field.value())))
                        .toList();
        return new Form(clean, !clean.equals(fields));
    }

    private static String without(String text) {
        return text.replace("\0", "");
    }
}
