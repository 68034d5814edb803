// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The style sheets and scripts of pages, each under an address that holds its hash: {@code
 * /assets/0f3a…/console.css}. So browsers may keep them for a year, and have the new ones at once.
 *
 * <p>Before {@code console.css} goes Pico CSS, in a cascade layer of its own: whatever our sheet
 * says wins, however Pico's selectors are written. It is written in several files, and fetched in
 * one; the first of them are those of {@code assent.css} too.
 */
public final class Assets {
    private static final String PICO =
            "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css";

    /** The plots of the statistics. */
    private static final String CHART =
            "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    /** What public pages and the console have in common. */
    private static final List<String> SHARED = List.of("tokens", "type", "ledger", "buttons");

    /** What else the console's sheet is made of. */
    private static final List<String> CONSOLE =
            List.of("pico", "menus", "frame", "forms", "tables", "lists", "steps");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*\\.(css|js)");
    private static final int HASH_DIGITS = 16;
    private static final Map<String, Asset> KNOWN = new ConcurrentHashMap<>();

    private Assets() {}

    /**
     * A file as it is served.
     *
     * @param hash the first 16 hexadecimal digits of the SHA-256 of its bytes
     */
    record Asset(String name, String hash, String text) {

        static Asset of(String name, String text) {
            String hash = Hash.of(text.getBytes(UTF_8)).hex().substring(0, HASH_DIGITS);
            return new Asset(name, hash, text);
        }

        String type() {
            return name.endsWith(".css") ? "text/css" : "text/javascript";
        }
    }

    /**
     * The address of a file in {@code src/main/resources/public}, or of {@code chart.js}.
     *
     * @throws IllegalStateException if there is none
     */
    public static String path(String name) {
        Asset asset = find(name).orElseThrow(() -> new IllegalStateException("no asset " + name));
        return "/assets/" + asset.hash() + "/" + asset.name();
    }

    /** The style sheet or script of this name. */
    static Optional<Asset> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Asset known = KNOWN.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Asset> found =
                read(name.equals("chart.js") ? CHART : "/public/" + name)
                        .map(text -> Asset.of(name, whole(name, text)));
        found.ifPresent(asset -> KNOWN.put(name, asset));
        return found;
    }

    private static String whole(String name, String text) {
        return switch (name) {
            case "console.css" ->
                    "@layer pico{"
                            + withoutCharset(read(PICO).orElseThrow())
                            + "}\n"
                            + together(SHARED)
                            + together(CONSOLE)
                            + text;
            case "assent.css" -> together(SHARED) + text;
            default -> text;
        };
    }

    private static String together(List<String> sheets) {
        return sheets.stream()
                .map(sheet -> read("/public/" + sheet + ".css").orElseThrow())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Which may stand at a sheet's very beginning alone. */
    private static String withoutCharset(String sheet) {
        return sheet.replaceFirst("^\ufeff?@charset \"[^\"]*\";", "");
    }

    private static Optional<String> read(String file) {
        try (InputStream stream = Assets.class.getResourceAsStream(file)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
