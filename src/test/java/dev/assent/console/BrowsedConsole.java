// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.Browser;
import dev.assent.TestOperator;
import java.net.URI;
import java.nio.file.Path;

/**
 * The console in a browser: what the tests of its pages do alike.
 *
 * @param uri of the service
 */
public record BrowsedConsole(URI uri) {
    /** Whoever sets the service up in these tests. */
    public static final String OWNER = "olive@example.com";

    /** As the owner, by the form. */
    public void signIn(Browser browser) {
        browser.go(uri + "/signin");
        browser.see("#form-email").sendKeys(OWNER);
        browser.see("#form-password").sendKeys(TestOperator.PASSWORD);
        browser.click(".form .button");
        browser.read("h1", "Sites");
    }

    /**
     * A page, all of it unfolded, has no barrier that axe-core knows, nothing that the browser
     * complains of, and nothing beside the window.
     *
     * @param how it is shown, such as {@code 360 dark}
     */
    public void assertOpen(Browser browser, String path, String how) {
        // What axe-core has caused on the page before: it looks into frames without an origin.
        browser.complaints();
        browser.go(uri + path);
        assertThat(browser.complaints()).as(path).isEmpty();
        assertClear(browser, path, how);
    }

    /** The same of a page that says what was wrong, of which the browser complains. */
    public void assertFaultOpen(Browser browser, String path, String how) {
        browser.go(uri + path);
        assertClear(browser, path, how);
    }

    private static void assertClear(Browser browser, String path, String how) {
        browser.run("document.querySelectorAll('details').forEach((it) => it.open = true)");
        assertThat(browser.barriers()).as(path + " " + how).isEmpty();
        long overflow =
                (long) browser.run("return document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow).as(path + " " + how).isLessThanOrEqualTo(0);
    }

    /**
     * Paints a page.
     *
     * @param name of the file, without its ending, in the folder that {@code assent.pictures} says
     */
    public void paint(Browser browser, String path, String name) {
        browser.go(uri + path);
        paint(browser, name);
    }

    /** Paints what is shown. */
    public static void paint(Browser browser, String name) {
        browser.paint(Path.of(System.getProperty("assent.pictures"), name + ".png"));
    }
}
