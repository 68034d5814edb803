// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.openqa.selenium.Keys;

/**
 * Goes through pages with keys alone: the link past the frame, what unfolds, what opens over the
 * page, and one whole round with Tab, in which {@code keyboard.js} looks at each stop.
 */
final class KeyboardWalk {
    /** Further presses at once until a round is over: the parts of dates are presses too. */
    private static final int MORE = 10;

    private static final int ROUNDS_END = 10;

    /** More stops than any frame has. */
    private static final int FRAMES_END = 60;

    private final Browser browser;
    private final String script;
    private final Set<String> opened = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    KeyboardWalk(Browser browser) {
        this.browser = browser;
        try {
            script = Files.readString(Path.of("src/test/resources/keyboard.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What somebody without a mouse cannot do, see or tell on the page that is shown. */
    List<String> faults() {
        faults.clear();
        browser.run(script);
        skip();
        unfold();
        goRound();
        crossFrames();
        openMenus();
        return List.copyOf(faults);
    }

    private void skip() {
        browser.press(Keys.TAB);
        if (!is("isAtSkip()")) {
            faults.add("the first stop does not lead past the frame");
            return;
        }
        browser.press(Keys.ENTER, Keys.TAB);
        demand("hasSkipped()", "the first stop leads nowhere");
    }

    private void unfold() {
        if (is("toFold()")) {
            browser.press(Keys.ENTER);
            boolean isOpen = is("isUnfolded()");
            browser.press(Keys.SPACE);
            if (isOpen == is("isUnfolded()")) {
                faults.add("what folds does not follow Enter and Space");
            }
        }
        ask("unfold()");
    }

    private void goRound() {
        await("the page is at rest").until(() -> is("isAtRest()"));
        int stops = ((Long) ask("begin()")).intValue();
        browser.press(Keys.TAB.toString().repeat(stops + 1));
        for (int i = 0; i < ROUNDS_END && !is("isRound()"); i++) {
            browser.press(Keys.TAB.toString().repeat(MORE));
        }
        demand("isRound()", "a round does not end: the keyboard is trapped");
        for (Object fault : (List<?>) ask("end()")) {
            faults.add(fault.toString());
        }
    }

    private void crossFrames() {
        long frames = (Long) ask("frames()");
        for (long i = 0; i < frames; i++) {
            browser.run("keyboard.toFrame(arguments[0])", i);
            browser.press(Keys.TAB);
            for (int stop = 0; stop < FRAMES_END && is("isInFrame()"); stop++) {
                browser.press(Keys.TAB);
            }
            demand("!keyboard.isInFrame()", "a frame lets nobody out");
            await("what follows a frame is in sight").until(() -> is("isSeen()"));
        }
    }

    /** Each once, however many pages have it. */
    private void openMenus() {
        for (Object menu : (List<?>) ask("openers()")) {
            if (!opened.add(menu.toString())) {
                continue;
            }
            browser.run("keyboard.toOpener(arguments[0])", menu);
            browser.press(Keys.ENTER);
            demand("isOpen()", menu + " does not open by Enter");
            browser.press(Keys.TAB);
            demand("isInside()", menu + " is not what follows when it is open");
            browser.press(Keys.ESCAPE);
            demand("!keyboard.isOpen()", menu + " does not close by Escape");
            demand("isBack()", menu + " does not give back the focus");
            browser.press(Keys.SPACE);
            demand("isOpen()", menu + " does not open by Space");
            browser.press(Keys.ESCAPE);
        }
    }

    private void demand(String condition, String otherwise) {
        if (!is(condition)) {
            faults.add(otherwise);
        }
    }

    private boolean is(String condition) {
        return Boolean.TRUE.equals(ask(condition));
    }

    private Object ask(String call) {
        String expression = call.startsWith("!") ? call : "keyboard." + call;
        return browser.run("return " + expression);
    }
}
