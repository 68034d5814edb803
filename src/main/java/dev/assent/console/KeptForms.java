// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.SignedIn;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.uri.UriBuilder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Keeps what was typed when a session has ended meanwhile: it comes along through signing in, as
 * hidden fields, and is sent again by a press of a button. Nothing of it is stored here.
 */
@Singleton
public final class KeptForms {
    /** The field that carries the session's token. */
    static final String TOKEN = "csrf";

    /** Characters that are kept: with what signing in adds, the next form is still taken. */
    static final int MAX_LENGTH = 900_000;

    private static final String PREFIX = "kept.";

    /** What belongs to a session or is a secret: typed again rather than handed back. */
    private static final Set<String> NOT_KEPT = Set.of(TOKEN, "password", "current", "code");

    private static final String OF_AN_EARLIER_SESSION =
            "What you typed belongs to an earlier session and has not been sent yet.";

    private static final String CLEANED =
            "What you typed or pasted holds a character that no text can hold (U+0000), so nothing"
                    + " was saved. It is left out now; all else is as you sent it, but for"
                    + " passwords.";

    private final Html html;
    private final LocalPath localPath;

    KeptForms(Html html, LocalPath localPath) {
        this.html = html;
        this.localPath = localPath;
    }

    /** To the sign-in page, with whatever {@code request} was about to do. */
    HttpResponse<?> askToSignIn(HttpRequest<?> request) {
        if (FormReading.isSafe(request)) {
            String next = localPath.of(request).orElse(LocalPath.HOME);
            return HttpResponse.seeOther(UriBuilder.of("/signin").queryParam("next", next).build());
        }
        Form form = FormReading.of(request);
        String action = localPath.check(request.getPath(), HttpMethod.POST).orElse("");
        SignInPage page =
                action.isEmpty()
                        ? SignInPage.to(LocalPath.HOME)
                        : SignInPage.to(action).keeping(keep(form)).told(told(form));
        return html.form(HttpStatus.UNAUTHORIZED, "signin", page)
                .header("WWW-Authenticate", "Cookie realm=\"assent\"");
    }

    /** A page that sends {@code form} to {@code action} under the session of {@code me}. */
    public MutableHttpResponse<byte[]> askToSendAgain(
            HttpStatus status, SignedIn me, String action, Form form) {
        return askToSendAgain(status, me, action, form, OF_AN_EARLIER_SESSION);
    }

    /** The same for what was cleaned. */
    MutableHttpResponse<byte[]> askToSendCleaned(SignedIn me, String action, Form form) {
        return askToSendAgain(HttpStatus.UNPROCESSABLE_ENTITY, me, action, form, CLEANED);
    }

    private MutableHttpResponse<byte[]> askToSendAgain(
            HttpStatus status, SignedIn me, String action, Form form, String why) {
        List<Form.Field> fields = form.fields().stream().filter(KeptForms::isForKeeping).toList();
        return html.console(status, me, "again", new AgainPage(action, fields, why));
    }

    /** The fields to take along, under names that cannot clash with those of signing in. */
    static List<Form.Field> keep(Form form) {
        return isKept(form)
                ? form.fields().stream()
                        .filter(KeptForms::isForKeeping)
                        .map(field -> new Form.Field(PREFIX + field.name(), field.value()))
                        .toList()
                : List.of();
    }

    /** The fields that signing in has taken along, under names with the prefix. */
    public static List<Form.Field> carried(Form form) {
        return form.fields().stream().filter(field -> field.name().startsWith(PREFIX)).toList();
    }

    /** The form that was kept, under its own names. */
    public static Form restored(Form form) {
        return new Form(
                carried(form).stream()
                        .map(field ->
                                new Form.Field(
                                        field.name().substring(PREFIX.length()), field.value()))
                        .toList());
    }

    static boolean isForKeeping(Form.Field field) {
        return !NOT_KEPT.contains(field.name());
    }

    private static boolean isKept(Form form) {
        return form.fields().stream()
                        .mapToInt(field -> length(field.name()) + length(field.value()))
                        .sum()
                <= MAX_LENGTH;
    }

    /** As it will be sent: what is not a letter takes three characters for each byte. */
    private static int length(String text) {
        int length = 10;
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= '0' && b <= '9'
                            || b >= 'a' && b <= 'z'
                            || b >= 'A' && b <= 'Z'
                            || b == ' ';
            length += plain ? 1 : 3;
        }
        return length;
    }

    private static String told(Form form) {
        return isKept(form)
                ? "Your session has ended. What you typed is kept: sign in, and send it."
                : "Your session has ended, and what you typed is too long to be kept here. Go back to"
                        + " it in your browser before you sign in in another tab.";
    }
}
