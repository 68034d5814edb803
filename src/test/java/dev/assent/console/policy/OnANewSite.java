// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.TestOperator;
import dev.assent.console.TestConsole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A console, and for each test a site of its own whose policy is still to be written. */
abstract class OnANewSite {
    static TestConsole console;
    static TestOperator owner;
    static TestOperator editor;
    static TestOperator auditor;

    /** The path of the site's page. */
    String site;

    /** The path of its policy's page. */
    String policy;

    @BeforeAll
    static void start() {
        console = TestConsole.start();
        owner = console.owner;
        editor = console.editor;
        auditor = console.auditor;
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @BeforeEach
    void makeSite() {
        site = console.site();
        policy = site + "/policy";
    }
}
