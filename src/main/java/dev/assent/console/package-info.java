// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Everything that is HTML: one class of pages for each noun, one view record for each page. Here is
 * the frame that all of them use (guard, forms, errors, words for times); the pages themselves live
 * in the rooms within, which know this room and none other of them.
 *
 * <p>A page of the console is a controller under {@code /console} whose class or method says who
 * may come in; {@link dev.assent.console.ConsoleGuard} holds it to that, and without the annotation
 * lets nobody in. It takes whom it deals with and what was sent as parameters:
 *
 * <pre>{@code
 * @Controller("/console/sites")
 * @Allowed(Role.AUDITOR)                     // whoever is signed in may look
 * @ExecuteOn(TaskExecutors.BLOCKING)
 * @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
 * @Produces(Html.TYPE)
 * @Hidden
 * class SitePages {
 *     @Get
 *     HttpResponse<?> list(SignedIn me) {
 *         return html.console(HttpStatus.OK, me, "sites", new SitesPage(sites.list(me.organizationId())));
 *     }
 *
 *     @Post("/remove")
 *     @Allowed(Role.EDITOR)                  // editors and owners may change
 *     HttpResponse<?> remove(SignedIn me, Form form) {
 *         sites.remove(me.organizationId(), form.text("site"));   // 404 for another organization's
 *         trail.note(me, "site-removed", form.text("site"));
 *         return HttpResponse.seeOther(URI.create("/console/sites"));
 *     }
 * }
 * }</pre>
 *
 * <p>Its template takes {@code me} and {@code page} and calls {@code @template.console(me = me,
 * title = …, here = …)}, where {@code here} is the page's name in {@link
 * dev.assent.console.SitePlace} or {@link dev.assent.console.ConsolePlace}, which put it into the
 * frame, with {@code site = …} on a site's page, {@code assets = …} for sheets and scripts of its
 * own, {@code flash} to say what was done just before ({@link dev.assent.console.Flash}) and {@code
 * fault}; each form in it begins with
 * {@code @template.token(me = me)}. {@code @template.field} puts a fault at its field, and {@code
 * @template.copy} something to be copied. A table's cells carry {@code data-label}, as it becomes
 * cards on a phone. Pages for whoever is not signed in call {@code @template.door}. A form whose
 * session has ended comes back after sign-in ({@link dev.assent.console.KeptForms}): give fields
 * that hold secrets one of the names that are not kept. A {@link dev.assent.account.Refusal} is
 * shown beside its field by a page that catches it, and is a 422 where none does.
 *
 * <p>May import everything; nothing imports it. Begin with {@link
 * dev.assent.console.ConsoleGuard} and {@link dev.assent.console.Html}.
 */
@NullMarked
package dev.assent.console;

import org.jspecify.annotations.NullMarked;
