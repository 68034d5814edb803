// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import dev.assent.console.open.DocsPage.Answer;
import dev.assent.console.open.DocsPage.Field;
import dev.assent.console.open.DocsPage.Form;
import dev.assent.console.open.DocsPage.Group;
import dev.assent.console.open.DocsPage.Operation;
import dev.assent.console.open.DocsPage.Parameter;
import dev.assent.console.open.DocsPage.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads an OpenAPI 3.0 document, as far as our build writes such a thing. */
final class ApiReader {
    private static final String ADMIN = "/v1/admin";
    private static final String SHAPES = "#/components/schemas/";
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /** Groups that have a place; others follow. */
    private static final List<String> ORDER =
            List.of(
                    "script",
                    "consents",
                    "visitors",
                    "evidence",
                    "log",
                    "sites",
                    "policies",
                    "records",
                    "keys");

    /** What the generator says where nobody said anything. */
    private static final String NOTHING_SAID = "\\w+ (\\d{3}|default) response";

    private ApiReader() {}

    static DocsPage read(byte[] yaml) {
        Map<String, Object> document =
                new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(new String(yaml, StandardCharsets.UTF_8));
        return new DocsPage(
                text(map(document, "info"), "version"),
                groups(map(document, "paths")),
                shapes(map(map(document, "components"), "schemas")));
    }

    /** The public half first; within each half in the order in which one meets the things. */
    private static List<Group> groups(Map<String, Object> paths) {
        Map<String, List<Operation>> byTag = new LinkedHashMap<>();
        paths.forEach((path, item) -> {
            for (String method : METHODS) {
                Map<String, Object> operation = map(cast(item), method);
                if (!operation.isEmpty()) {
                    Operation read = operation(method, path, operation);
                    String tag =
                            list(operation, "tags").stream()
                                    .findFirst()
                                    .map(Object::toString)
                                    .orElse("service");
                    byTag.computeIfAbsent(tag.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                            .add(read);
                }
            }
        });
        return byTag.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(
                        Comparator.comparing((Group group) -> group.operations().getFirst().key())
                                .thenComparing(group -> place(group.name())))
                .toList();
    }

    private static int place(String group) {
        int place = ORDER.indexOf(group);
        return place < 0 ? ORDER.size() : place;
    }

    private static Operation operation(String method, String path, Map<String, Object> operation) {
        return new Operation(
                text(operation, "operationId"),
                method.toUpperCase(Locale.ROOT),
                path,
                text(operation, "summary"),
                text(operation, "description"),
                path.startsWith(ADMIN),
                list(operation, "parameters").stream().map(ApiReader::parameter).toList(),
                forms(map(operation, "requestBody")),
                answers(map(operation, "responses")));
    }

    private static Parameter parameter(Object value) {
        Map<String, Object> parameter = cast(value);
        return new Parameter(
                text(parameter, "name"),
                text(parameter, "in"),
                Boolean.TRUE.equals(parameter.get("required")),
                type(map(parameter, "schema")),
                text(parameter, "description"));
    }

    private static List<Answer> answers(Map<String, Object> responses) {
        List<Answer> answers = new ArrayList<>();
        responses.forEach((status, value) -> {
            String said = text(cast(value), "description");
            String description = said.matches(NOTHING_SAID) ? "" : said;
            answers.add(new Answer(status, description, forms(cast(value))));
        });
        answers.sort(Comparator.comparing(Answer::status));
        return answers;
    }

    private static List<Form> forms(Map<String, Object> holder) {
        List<Form> forms = new ArrayList<>();
        map(holder, "content")
                .forEach((mediaType, value) ->
                        forms.add(new Form(mediaType, type(map(cast(value), "schema")))));
        return forms;
    }

    private static List<Shape> shapes(Map<String, Object> schemas) {
        List<Shape> shapes = new ArrayList<>();
        schemas.forEach((name, value) -> {
            Map<String, Object> schema = cast(value);
            List<Object> required = list(schema, "required");
            List<Field> fields = new ArrayList<>();
            map(schema, "properties")
                    .forEach((field, of) ->
                            fields.add(
                                    new Field(
                                            field,
                                            required.contains(field),
                                            type(cast(of)),
                                            text(cast(of), "description"))));
            List<String> words = list(schema, "enum").stream().map(Object::toString).toList();
            shapes.add(new Shape(name, text(schema, "description"), fields, words));
        });
        return shapes;
    }

    private static DocsPage.Type type(Map<String, Object> schema) {
        String reference = text(schema, "$ref");
        if (reference.startsWith(SHAPES)) {
            return new DocsPage.Type("", reference.substring(SHAPES.length()));
        }
        for (Object part : list(schema, "allOf")) {
            DocsPage.Type type = type(cast(part));
            if (!type.shape().isEmpty()) {
                return type;
            }
        }
        if (text(schema, "type").equals("array")) {
            DocsPage.Type item = type(map(schema, "items"));
            return new DocsPage.Type(("list of " + item.words()).strip(), item.shape());
        }
        Map<String, Object> values = map(schema, "additionalProperties");
        if (!values.isEmpty()) {
            DocsPage.Type value = type(values);
            return new DocsPage.Type(("by name, " + value.words()).strip(), value.shape());
        }
        return new DocsPage.Type((text(schema, "type") + " " + text(schema, "format")).strip(), "");
    }

    /** The object under {@code key}, empty if there is none. */
    private static Map<String, Object> map(Map<String, Object> holder, String key) {
        return holder.get(key) instanceof Map<?, ?> found ? cast(found) : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<Object> list(Map<String, Object> holder, String key) {
        return holder.get(key) instanceof List<?> found ? List.copyOf(found) : List.of();
    }

    private static String text(Map<String, Object> holder, String key) {
        Object found = holder.get(key);
        return found == null ? "" : found.toString();
    }
}
