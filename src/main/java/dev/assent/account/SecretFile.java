// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that is not in the database: 32 random bytes as base64 in the file {@code
 * ASSENT_SECRET_FILE}, by default {@code secret-key} in the data folder, made when it is first
 * needed. It seals what must be read again, so that a copy of the database alone opens nothing
 * (AES-256-GCM, a random nonce of 12 bytes in front). All nodes need the same file.
 */
@Singleton
public final class SecretFile {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final SecureRandom random = new SecureRandom();
    private @Nullable SecretKeySpec key;

    SecretFile(
            @Nullable @Property(name = "assent.secret-file") String file,
            @Property(name = "assent.data-dir", defaultValue = "data") String folder) {
        this.file =
                file == null || file.isBlank()
                        ? Path.of(folder).resolve("secret-key")
                        : Path.of(file.strip());
    }

    /**
     * Seals {@code plain}.
     *
     * @param of what it belongs to; opening takes the same, so that rows cannot be swapped
     */
    public byte[] seal(byte[] plain, String of) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(plain);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /** What was sealed; empty if it was by another key, for something else, or is damaged. */
    public Optional<byte[]> open(byte[] sealed, String of) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce, of)
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open what was sealed", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(of.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return cipher;
    }

    private synchronized SecretKeySpec key() {
        if (key == null) {
            try {
                makeIfAbsent();
                key = new SecretKeySpec(read(), "AES");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read or make the secret key " + file, e);
            }
        }
        return key;
    }

    private byte[] read() throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException("this is no secret key: " + file);
        }
        return bytes;
    }

    private void makeIfAbsent() throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + file);
        }
        Files.createDirectories(folder);
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path written = Files.createTempFile(folder, "secret-key", null, ownerOnly);
        Files.writeString(written, Base64.getEncoder().encodeToString(bytes) + "\n");
        try {
            // Not over one that another process has made meanwhile.
            Files.createLink(file, written);
        } catch (FileAlreadyExistsException e) {
            // Theirs it is.
        } finally {
            Files.delete(written);
        }
    }
}
