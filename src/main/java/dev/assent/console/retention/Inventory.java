// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is stored and why, in parts, to be shown as a page and taken home as text.
 *
 * @param facts of this installation, each a name and a value
 */
public record Inventory(List<Fact> facts, List<Part> parts) {

    /** A value of this installation. */
    public record Fact(String name, String value) {}

    /**
     * Things that are stored for one end.
     *
     * @param about who it concerns, why, and on what ground, one paragraph each
     */
    public record Part(String title, List<String> about, List<Datum> data) {}

    /**
     * One thing that is stored.
     *
     * @param name such as {@code subject}
     * @param what it is
     * @param why it is kept
     * @param kept how long
     */
    public record Datum(String name, String what, String why, String kept) {}

    /** The same as Markdown, which any editor and most registers take. */
    public String markdown() {
        return "# What Assent stores, and why\n\n"
                + INTRODUCTION
                + "\n\n| | |\n|---|---|\n"
                + facts.stream()
                        .map(fact -> row(fact.name(), fact.value()))
                        .collect(Collectors.joining())
                + parts.stream().map(Inventory::markdown).collect(Collectors.joining());
    }

    /** Said at the top of both. */
    public static final String INTRODUCTION =
            "Text for your records of processing activities (GDPR Art. 30), with the values of this"
                    + " installation. It describes what the software does; it is no legal advice, and"
                    + " what you do with the data beside it is for you to add.";

    private static String markdown(Part part) {
        return "\n## "
                + part.title()
                + "\n\n"
                + String.join("\n\n", part.about())
                + "\n"
                + (part.data().isEmpty() ? "" : table(part.data()));
    }

    private static String table(List<Datum> data) {
        return "\n| what | | why | how long |\n|---|---|---|---|\n"
                + data.stream()
                        .map(datum -> row(datum.name(), datum.what(), datum.why(), datum.kept()))
                        .collect(Collectors.joining());
    }

    private static String row(String... cells) {
        return List.of(cells).stream()
                .map(Inventory::cell)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** What others typed must not end the cell, or become markup in whoever's editor. */
    private static String cell(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ")
                .replaceAll("([\\\\`*_\\[\\]<>|])", "\\\\$1");
    }
}
