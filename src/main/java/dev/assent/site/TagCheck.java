// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Refusal;
import dev.assent.web.FetchException;
import dev.assent.web.PageFetch;
import dev.assent.web.PublicUrl;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks whether a page of a site carries its tag. Only pages on the site's own origins are fetched,
 * a few at a time, and what they hold is neither shown nor kept.
 */
@Singleton
public final class TagCheck {
    private static final int AT_ONCE = 4;
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(https?://[^/?#\\s]+)([/?][^#]*)?(#.*)?");
    private static final Pattern SCRIPT =
            Pattern.compile("/w/(?<key>[A-Za-z0-9]{10})(/(?<hash>[0-9a-f]{64}))?\\.js");

    private final PageFetch fetch;
    private final Embeddings embeddings;
    private final PublicUrl service;
    private final Semaphore free = new Semaphore(AT_ONCE);

    TagCheck(PageFetch fetch, Embeddings embeddings, PublicUrl service) {
        this.fetch = fetch;
        this.embeddings = embeddings;
        this.service = service;
    }

    /** What a check can find, the best first. */
    public enum Finding {
        /** The tag is there. */
        FOUND,
        /** The tag names a script by its hash that is not the live one. */
        OUTDATED,
        /** The tag is there, but its type keeps browsers from running it. */
        HELD,
        /** A tag brings the site's script from another address than this service's. */
        ELSEWHERE,
        /** A tag of this service, but with another site's key. */
        OTHER_SITE,
        /** No tag. */
        ABSENT,
        /** There is no page. */
        NO_PAGE,
        /** The page could not be fetched. */
        UNREACHABLE
    }

    /**
     * What a check found.
     *
     * @param address of the page that was looked at, after redirects
     * @param reason why there is nothing to look at; empty if there is
     * @param running the hosts of scripts, neither ours nor the page's, that run as they stand
     */
    public record Result(Finding finding, String address, String reason, List<String> running) {
        public Result {
            running = List.copyOf(running);
        }

        private static Result nothing(Finding finding, URI page, String reason) {
            return new Result(finding, page.toString(), reason, List.of());
        }
    }

    /**
     * Fetches {@code address} and looks.
     *
     * @throws Refusal if it is no address on one of the site's origins, or too many are looked at
     */
    public Result check(Site site, String address) {
        URI page = page(site, address);
        if (!free.tryAcquire()) {
            throw new Refusal("page", "Other pages are being looked at. Try again in a moment.");
        }
        try {
            return look(site, fetch.get(page));
        } catch (FetchException e) {
            return Result.nothing(Finding.UNREACHABLE, page, e.reason());
        } finally {
            free.release();
        }
    }

    private static URI page(Site site, String address) {
        Matcher form = ADDRESS.matcher(address.strip());
        if (form.matches()) {
            String origin = Origins.normalise(form.group(1)).orElse("");
            String path = form.group(2) == null ? "/" : form.group(2);
            if (site.allows(origin)) {
                try {
                    return new URI(new URI(origin + path).toASCIIString());
                } catch (URISyntaxException e) {
                    throw new Refusal(
                            "page", "This address cannot be read. Copy it from the browser.");
                }
            }
        }
        throw new Refusal("page", "Give the address of a page on one of the site’s origins.");
    }

    private Result look(Site site, PageFetch.Page page) {
        if (page.status() != 200) {
            return Result.nothing(
                    Finding.NO_PAGE,
                    page.address(),
                    "The answer was " + page.status() + ", not a page.");
        }
        List<ScriptTags.Tag> tags = ScriptTags.in(page.text());
        Finding found =
                tags.stream()
                        .map(tag -> judge(site, page.address(), tag))
                        .min(Comparator.naturalOrder())
                        .orElse(Finding.ABSENT);
        return new Result(found, page.address().toString(), "", running(page.address(), tags));
    }

    private List<String> running(URI page, List<ScriptTags.Tag> tags) {
        List<String> own =
                Stream.of(page, service.uri()).map(URI::getHost).filter(Objects::nonNull).toList();
        return tags.stream()
                .filter(ScriptTags.Tag::runs)
                .flatMap(tag -> source(page, tag).map(URI::getHost).stream())
                .filter(host -> !own.contains(host))
                .distinct()
                .toList();
    }

    private static Optional<URI> source(URI page, ScriptTags.Tag tag) {
        try {
            return Optional.of(page.resolve(new URI(tag.source())));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Finding judge(Site site, URI page, ScriptTags.Tag tag) {
        Optional<URI> source = source(page, tag);
        if (source.isEmpty()) {
            return Finding.ABSENT;
        }
        String whole = source.get().toString().replaceFirst("[?#].*", "");
        String prefix = service.uri().toString();
        String path = whole.startsWith(prefix) ? whole.substring(prefix.length()) : "";
        Matcher ours = SCRIPT.matcher(path);
        if (ours.matches()) {
            return judge(site, ours, tag.runs());
        }
        return whole.endsWith("/w/" + site.siteKey() + ".js") ? Finding.ELSEWHERE : Finding.ABSENT;
    }

    private Finding judge(Site site, Matcher script, boolean runs) {
        if (!script.group("key").equals(site.siteKey())) {
            return Finding.OTHER_SITE;
        }
        String hash = script.group("hash");
        if (hash != null && !hash.equals(embeddings.of(site).sha256())) {
            return Finding.OUTDATED;
        }
        return runs ? Finding.FOUND : Finding.HELD;
    }
}
