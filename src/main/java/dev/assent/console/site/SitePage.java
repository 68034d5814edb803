// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.site.Embedding;
import dev.assent.site.Site;
import dev.assent.site.TagCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site: where it stands, and how it comes onto its pages.
 *
 * @param service this service's public address
 * @param page the address to look at, as it was typed
 * @param result of looking; absent until somebody asks for it
 */
public record SitePage(
        Site site,
        Embedding embedding,
        SitesPage.Figures figures,
        FirstSteps steps,
        String service,
        String page,
        TagCheck.@Nullable Result result,
        FormFault fault,
        Flash flash) {

    /** The tag that always brings what is live. */
    public String tag() {
        return "<script async src=\"%s\"></script>".formatted(script());
    }

    /** The tag that brings the live script and no other. */
    public String pinnedTag() {
        return """
        <script async src="%s/w/%s/%s.js"
          integrity="%s" crossorigin="anonymous"></script>\
        """
                .formatted(service, site.siteKey(), embedding.sha256(), embedding.integrity());
    }

    /** The tag for pages in {@code language} alone. */
    public String tagIn(String language) {
        return "<script async src=\"%s?language=%s\"></script>".formatted(script(), language);
    }

    /** A line of a page that runs once visitors agree. */
    public String waiting() {
        return """
        <script type="text/plain" data-assent="analytics"
          src="https://stats.example.com/measure.js"></script>\
        """;
    }

    /** For pages made by a bundler. */
    public String module() {
        return """
        import { assent } from '@assent/widget';

        assent('%s', '%s');\
        """
                .formatted(service, site.siteKey());
    }

    /** For a tag manager, which runs scripts rather than puts tags. */
    public String manager() {
        return """
        <script>
        (function (d) {
          var tag = d.createElement('script');
          tag.src = '%s';
          d.head.appendChild(tag);
        })(document);
        </script>\
        """
                .formatted(script());
    }

    /** Whether there is more than one language to choose from. */
    public List<String> variants() {
        return embedding.languages().size() > 1 ? embedding.languages() : List.of();
    }

    /** Whether a check has found the tag as it should be. */
    public boolean isFound() {
        return result != null && result.finding() == TagCheck.Finding.FOUND;
    }

    /** What a check has found, in words. */
    public String told() {
        return result == null ? "" : Findings.words(result);
    }

    private String script() {
        return service + "/w/" + site.siteKey() + ".js";
    }
}
