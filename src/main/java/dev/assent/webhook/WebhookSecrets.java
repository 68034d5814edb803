// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.webhook;

import dev.assent.account.SecretFile;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The secrets by which messages are signed; stored sealed, so that a copy of the database signs
 * nothing.
 */
@Singleton
final class WebhookSecrets {
    private final SecretFile file;
    private final SecureRandom random = new SecureRandom();

    WebhookSecrets(SecretFile file) {
        this.file = file;
    }

    byte[] make() {
        return WebhookSignature.newSecret(random);
    }

    byte[] seal(byte[] secret, long siteId) {
        return file.seal(secret, of(siteId));
    }

    /** Empty if it was sealed with another file. */
    Optional<byte[]> open(byte[] sealed, long siteId) {
        return file.open(sealed, of(siteId));
    }

    private static String of(long siteId) {
        return "webhook of site " + siteId;
    }
}
