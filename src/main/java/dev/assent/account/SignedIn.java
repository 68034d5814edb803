// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.bouncycastle.util.Arrays;

/**
 * Who is signed in, as every page of the console is told: an operator, in one organization, by one
 * session.
 *
 * @param formToken what each form of this session carries, so that no other site can send one
 * @param email of the operator, who reads it; not for logs
 */
public record SignedIn(
        long sessionId,
        long operatorId,
        String email,
        String name,
        long organizationId,
        String organizationName,
        Role role,
        Instant since,
        String formToken) {

    public boolean may(Role least) {
        return role.covers(least);
    }

    /** Whether a form carries the token of this session; compared in constant time. */
    public boolean hasFormToken(String sent) {
        return Arrays.constantTimeAreEqual(formToken.getBytes(UTF_8), sent.getBytes(UTF_8));
    }

    /** Without the person and the token. */
    @Override
    public String toString() {
        return "session " + sessionId;
    }
}
