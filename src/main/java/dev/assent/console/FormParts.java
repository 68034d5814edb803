// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.web.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form with a file, {@code multipart/form-data} as browsers write it (RFC 7578). Files are texts
 * here: UTF-8, with what is none replaced.
 */
final class FormParts {
    private static final int MAX_PARTS = 20;
    private static final Pattern NAME =
            Pattern.compile(
                    "^content-disposition: *form-data *;(?:.*;)? *name=\"([^\"\r\n]{1,100})\"",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private FormParts() {}

    /**
     * @throws ProblemException 400 if it is no such form
     */
    static Form parse(byte[] body, String boundary) {
        // One character for each byte, so that places in the text are places in the body.
        String text = "\r\n" + new String(body, ISO_8859_1);
        String[] parts = text.split(Pattern.quote("\r\n--" + boundary), MAX_PARTS + 2);
        if (parts.length < 2
                || parts.length > MAX_PARTS + 1
                || !parts[parts.length - 1].startsWith("--")) {
            throw unreadable();
        }
        List<Form.Field> fields = new ArrayList<>();
        for (int i = 1; i < parts.length - 1; i++) {
            fields.add(field(parts[i]));
        }
        return new Form(fields);
    }

    private static Form.Field field(String part) {
        int end = part.indexOf("\r\n\r\n");
        Matcher name = NAME.matcher(end < 0 ? "" : part.substring(2, end));
        if (!name.find()) {
            throw unreadable();
        }
        String value = new String(part.substring(end + 4).getBytes(ISO_8859_1), UTF_8);
        if (value.indexOf('\0') >= 0) {
            throw unreadable();
        }
        return new Form.Field(name.group(1), value);
    }

    private static ProblemException unreadable() {
        return ProblemException.malformed("The form cannot be read: it is no text in UTF-8.");
    }
}
