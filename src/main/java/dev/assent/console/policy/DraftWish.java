// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.console.Form;
import dev.assent.site.PolicyTexts;
import dev.assent.web.ProblemException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a button of the editor does to the fields, such as {@code remove-tracker/2/0}. */
final class DraftWish {
    private static final Pattern FORM =
            Pattern.compile(
                    "([a-z]+(?:-[a-z]+)?)(?:/(\\d{1,2}|[A-Za-z][A-Za-z0-9-]{0,34}))?"
                            + "(?:/(\\d{1,3}))?");

    private DraftWish() {}

    /**
     * @throws ProblemException 400 for what no button of ours says
     */
    static UnaryOperator<DraftFields> of(String wish, Form form) {
        Matcher matcher = FORM.matcher(wish);
        if (!matcher.matches()) {
            throw unknown();
        }
        String what = matcher.group(1);
        if (what.equals("add-language")) {
            String typed = form.text("other-language").strip();
            return addLanguage(typed.isEmpty() ? form.text("language") : typed);
        }
        if (what.equals("remove-language") && matcher.group(2) != null) {
            return fields -> fields.without("/texts/" + matcher.group(2));
        }
        return purposes(what, place(matcher.group(2)), place(matcher.group(3)));
    }

    private static UnaryOperator<DraftFields> purposes(String what, int purpose, int tracker) {
        return switch (what) {
            case "add-purpose" -> DraftFields::addPurpose;
            case "remove-purpose" -> fields -> fields.removePurpose(purpose);
            case "raise" -> fields -> fields.raisePurpose(purpose);
            case "lower" -> fields -> fields.raisePurpose(purpose + 1);
            case "add-tracker" -> fields -> fields.addTracker(purpose);
            case "remove-tracker" -> fields -> fields.removeTracker(purpose, tracker);
            default -> throw unknown();
        };
    }

    private static UnaryOperator<DraftFields> addLanguage(String language) {
        return PolicyTexts.isLanguage(language)
                ? fields -> fields.with("/texts/" + language, "")
                : fields -> fields;
    }

    private static int place(@Nullable String text) {
        return text == null || !text.matches("\\d+") ? 999 : Integer.parseInt(text);
    }

    private static ProblemException unknown() {
        return ProblemException.malformed("No button of this form says that.");
    }
}
