// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.account.Handovers;
import dev.assent.account.Handovers.Made;
import dev.assent.account.Handovers.Secret;
import dev.assent.account.SignedIn;
import dev.assent.account.Token;
import dev.assent.merkle.Hash;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.function.Supplier;

/**
 * How a page makes a secret and shows it once: its form carries {@code @template.once()}, its
 * answer leads to the page that shows it, and that page asks for it by the number in its address.
 */
@Singleton
public final class HandingOver {
    /** The field that tells one form from another of the same content. */
    static final String ONCE = "once";

    private final Handovers handovers;

    HandingOver(Handovers handovers) {
        this.handovers = handovers;
    }

    /**
     * Leads to the page at {@code place}, which shows what {@code make} makes; {@code form}, sent
     * again, makes nothing more and leads there too.
     */
    public HttpResponse<?> once(
            SignedIn me, Form form, Handed.What what, String place, Supplier<String> make) {
        return once(me, form, () -> secret(what, place, make.get()));
    }

    /** As above, where the page is not known before. */
    public HttpResponse<?> once(SignedIn me, Form form, Supplier<Secret> make) {
        return to(handovers.once(me, hash(form), make));
    }

    /** Leads to the page that shows what was made by something that cannot be done twice. */
    public MutableHttpResponse<?> keep(SignedIn me, Handed.What what, String place, String text) {
        return to(handovers.keep(me, secret(what, place, text)));
    }

    public static Secret secret(Handed.What what, String place, String text) {
        return new Secret(what.name(), place, text);
    }

    /**
     * What the page at {@code place} is to show now and not again.
     *
     * @param made the number in its address; empty or anything else: nothing is
     */
    public Handed read(SignedIn me, String place, String made) {
        if (!made.matches("[0-9]{1,18}")) {
            return Handed.NONE;
        }
        return handovers
                .read(me, place, Long.parseLong(made))
                .map(secret -> new Handed(Handed.What.of(secret.what()), secret.text()))
                .orElse(Handed.NONE);
    }

    private static MutableHttpResponse<?> to(Made made) {
        return HttpResponse.seeOther(URI.create(made.place() + "?made=" + made.id()));
    }

    /** Without what is typed anew at each sending. A form that names no number is like no other. */
    private static Hash hash(Form form) {
        String own = form.text(ONCE);
        String number = own.isEmpty() ? Token.random().text() : own;
        Form lasting = new Form(form.fields().stream().filter(KeptForms::isForKeeping).toList());
        return Hash.of((number + "\n" + lasting.encoded()).getBytes(UTF_8));
    }
}
