// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import dev.assent.account.ApiKeyIssuer;
import dev.assent.account.Organization;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an operator comes in for the first time: by the key that {@code ASSENT_ADMIN_KEY} sets, or
 * else by one that is made where there is none and written into a file that only they can read.
 */
@Singleton
final class FirstKeys {
    private final ApiKeyIssuer issuer;
    private final @Nullable String adminKey;
    private final @Nullable Path file;

    FirstKeys(
            ApiKeyIssuer issuer,
            @Nullable @Property(name = "assent.admin-key") String adminKey,
            @Nullable @Property(name = "assent.admin-key-file") String file) {
        this.issuer = issuer;
        this.adminKey = adminKey == null || adminKey.isBlank() ? null : adminKey.strip();
        this.file = file == null || file.isBlank() ? null : Path.of(file);
    }

    /**
     * Sets the keys of {@code organization}, inside the caller's transaction.
     *
     * @throws IllegalArgumentException if {@code ASSENT_ADMIN_KEY} is too short
     */
    void prepare(Organization organization) {
        issuer.replaceFromEnvironment(organization.id(), adminKey);
        if (adminKey == null && file != null) {
            // Written before the commit: a crash in between leaves a key that opens nothing, and
            // the next start makes another.
            issuer.issueFirst(organization.id()).ifPresent(key -> write(file, key));
        }
    }

    /** The file with the key, if there is one and its key is not revoked. */
    Optional<Path> file() {
        return Optional.ofNullable(file).filter(Files::isReadable).filter(this::isValid);
    }

    private boolean isValid(Path written) {
        try {
            return issuer.isValid(Files.readString(written).strip());
        } catch (IOException e) {
            return false;
        }
    }

    private static void write(Path file, String key) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path written =
                    Files.createTempFile(
                            folder,
                            "admin-key",
                            null,
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(written, key + "\n");
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the first key to " + file, e);
        }
    }
}
