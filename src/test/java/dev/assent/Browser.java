// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium with an empty profile. {@code CHROMIUM} and {@code CHROMEDRIVER} say where it is;
 * else it is looked for where Debian puts it.
 */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What has no answer on a machine without a way out makes a browser slow and its log long. */
    private static final List<String> QUIET =
            List.of(
                    "--headless=new",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--lang=en-GB");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A new browser, 1280 by 900, in English, light. */
    public static Browser open() {
        Path chromium = find("CHROMIUM", "/usr/bin/chromium", "/usr/bin/google-chrome");
        Path chromedriver = find("CHROMEDRIVER", "/usr/bin/chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(QUIET);
        if ("root".equals(System.getProperty("user.name"))) {
            // Chromium's own sandbox cannot start for root.
            options.addArguments("--no-sandbox");
        }
        LoggingPreferences log = new LoggingPreferences();
        log.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", log);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .withSilent(true)
                        .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.resize(1280, 900);
        return browser;
    }

    private static Path find(String variable, String... usual) {
        String set = System.getenv(variable);
        return Stream.concat(Stream.ofNullable(set), Stream.of(usual))
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "these tests need a browser: install the packages chromium and"
                                        + " chromium-driver, or set "
                                        + variable));
    }

    public void go(String address) {
        driver.get(address);
    }

    /** Keeps a cookie for the site that is shown. */
    public void cookie(Cookie cookie) {
        driver.manage().addCookie(cookie);
    }

    /** Goes into a frame; what follows is meant in it. */
    public void enter(String selector) {
        driver.switchTo().frame(see(selector));
    }

    public void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Lays pages out for a screen of this size, also one smaller than the least window. */
    public void emulate(int width, int height) {
        Map<String, Object> screen =
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false);
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", screen);
    }

    /** A picture of what can be seen. */
    public void paint(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Emulates the reader's wish for light or dark. */
    public void prefer(String scheme) {
        media("", "prefers-color-scheme", scheme);
    }

    /**
     * Emulates a medium and one feature of it until the next call.
     *
     * @param medium {@code print}, or empty for the screen
     */
    public void media(String medium, String feature, String value) {
        Map<String, Object> emulated =
                Map.of(
                        "media",
                        medium,
                        "features",
                        List.of(Map.of("name", feature, "value", value)));
        driver.executeCdpCommand("Emulation.setEmulatedMedia", emulated);
    }

    /** The element, as soon as it can be seen. */
    public WebElement see(String selector) {
        return await(
                selector,
                () ->
                        driver.findElements(By.cssSelector(selector)).stream()
                                .filter(WebElement::isDisplayed)
                                .findFirst()
                                .orElse(null));
    }

    /** Clicks as soon as the element can be seen; on the next one if it is exchanged meanwhile. */
    public void click(String selector) {
        Awaitility.await("click on " + selector)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaleElementReferenceException.class)
                .until(() -> {
                    see(selector).click();
                    return true;
                });
    }

    /** Presses keys one after another, wherever the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Waits until the element's text contains {@code words}. */
    public void read(String selector, String words) {
        Awaitility.await(selector + " says " + words)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> see(selector).getText().contains(words));
    }

    /**
     * Does {@code work} within a frame, from its start again if the frame is exchanged meanwhile.
     */
    public void enter(String frame, Runnable work) {
        Awaitility.await("within " + frame)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(org.openqa.selenium.WebDriverException.class)
                .until(() -> {
                    driver.switchTo().defaultContent();
                    driver.switchTo().frame(see(frame));
                    try {
                        work.run();
                    } finally {
                        driver.switchTo().defaultContent();
                    }
                    return true;
                });
    }

    public boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The value of a JavaScript expression or body with {@code return}. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the asynchronous script hands to its last argument. */
    public Object runAsync(String script) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script);
    }

    /** Warnings and errors since the last call: broken policies, missing files, thrown errors. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /**
     * Faults of the page against WCAG 2.2 A and AA, as axe-core finds them; each rule with the
     * elements that break it.
     */
    @SuppressWarnings("unchecked")
    public List<String> barriers() {
        driver.executeScript(axe());
        return (List<String>)
                runAsync(
                        """
                        const done = arguments[arguments.length - 1];
                        axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                          .then(({violations}) => done(violations.map(({id, nodes}) =>
                              id + ': ' + nodes.map(({target}) => target.join(' ')).join(', '))))
                          .catch((error) => done([String(error)]));
                        """);
    }

    private static String axe() {
        Path file = Path.of("widget/node_modules/axe-core/axe.min.js");
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(
                    file + " is missing: run npm ci in widget/, as the build does", e);
        }
    }

    private static <T> T await(String what, Supplier<T> supplier) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(25, TimeUnit.MILLISECONDS)
                .ignoreExceptions()
                .until(supplier::get, java.util.Objects::nonNull);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
