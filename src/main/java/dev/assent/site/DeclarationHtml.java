// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.site.Declaration.Declared;
import dev.assent.site.Declaration.Headings;
import dev.assent.site.Declaration.Row;

/**
 * A {@link Declaration} as a fragment of HTML for the site's own page: no script, no style, and
 * class names to give it one.
 */
final class DeclarationHtml {
    private static final String NOTHING = "\u2013";

    private final StringBuilder html = new StringBuilder(4096);
    private final Headings headings;

    private DeclarationHtml(Headings headings) {
        this.headings = headings;
    }

    static String of(Declaration declaration) {
        return new DeclarationHtml(declaration.headings()).section(declaration);
    }

    private String section(Declaration declaration) {
        html.append("<section class=\"assent-declaration\" lang=\"")
                .append(escape(declaration.language()))
                .append("\" dir=\"")
                .append(declaration.direction())
                .append("\">\n");
        declaration.purposes().forEach(this::purpose);
        return html.append("</section>\n").toString();
    }

    private void purpose(Declared purpose) {
        element("h3", purpose.name());
        element("p", purpose.description());
        if (purpose.required()) {
            element("p", headings.required());
        }
        if (!purpose.trackers().isEmpty()) {
            String count = String.valueOf(purpose.trackers().size());
            html.append("<table>\n");
            element("caption", headings.trackers().replace("{count}", count));
            html.append("<thead><tr>");
            column(headings.name());
            column(headings.kind());
            column(headings.provider());
            column(headings.lifetime());
            html.append("</tr></thead>\n<tbody>\n");
            purpose.trackers().forEach(this::row);
            html.append("</tbody>\n</table>\n");
        }
    }

    private void column(String heading) {
        html.append("<th scope=\"col\">").append(escape(heading)).append("</th>");
    }

    private void row(Row row) {
        html.append("<tr><th scope=\"row\"><code dir=\"ltr\">")
                .append(escape(row.name()))
                .append("</code></th>");
        cell(row.kind());
        String provider = row.provider() == null ? NOTHING : row.provider();
        cell(row.tracker().thirdParty() ? provider + " (" + headings.thirdParty() + ")" : provider);
        cell(row.lifetime() == null ? NOTHING : row.lifetime());
        html.append("</tr>\n");
    }

    private void cell(String text) {
        html.append("<td>").append(escape(text)).append("</td>");
    }

    private void element(String name, String text) {
        html.append('<').append(name).append('>').append(escape(text));
        html.append("</").append(name).append(">\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
