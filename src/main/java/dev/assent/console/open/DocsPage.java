// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import dev.assent.console.Form;
import java.util.List;

/**
 * The interface as a person reads it.
 *
 * @param version of the service
 * @param groups what can be asked, by subject
 * @param shapes the objects that are sent and answered, by name
 */
public record DocsPage(String version, List<Group> groups, List<Shape> shapes) {

    /** Operations on one subject, such as {@code consents}. */
    public record Group(String name, List<Operation> operations) {
        /** Unique on the page. */
        public String anchor() {
            return "on-" + name;
        }
    }

    /**
     * One thing that can be asked.
     *
     * @param anchor unique on the page
     * @param method such as {@code GET}
     * @param path with its variables in braces
     * @param description more words; may be empty
     * @param key whether an api key is needed
     * @param parameters in path, query and header
     * @param sent forms of the body, none where nothing is sent
     */
    public record Operation(
            String anchor,
            String method,
            String path,
            String summary,
            String description,
            boolean key,
            List<Parameter> parameters,
            List<Form> sent,
            List<Answer> answers) {}

    /**
     * @param in {@code path}, {@code query} or {@code header}
     */
    public record Parameter(
            String name, String in, boolean required, Type type, String description) {}

    /** What a body may be. */
    public record Form(String mediaType, Type type) {}

    public record Answer(String status, String description, List<Form> forms) {}

    /** An object, or whatever else has a name. */
    public record Shape(String name, String description, List<Field> fields, List<String> words) {}

    public record Field(String name, boolean required, Type type, String description) {}

    /**
     * @param words such as {@code list of} or {@code string}; what stands before the shape's name
     * @param shape name of a shape; empty if there is none
     */
    public record Type(String words, String shape) {}
}
