// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second factor of operators: codes of an authenticator app, and backup codes. */
@Singleton
public class SecondFactors {
    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final Refusal WRONG =
            new Refusal("code", "This is not the code. Type the one that shows now.");

    private final SecondFactorRepository factors;
    private final SecretFile secrets;
    private final Delays delays;
    private final Sessions sessions;
    private final Trail trail;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactors(
            SecondFactorRepository factors,
            SecretFile secrets,
            Delays delays,
            Sessions sessions,
            Trail trail,
            InstantSource clock) {
        this.factors = factors;
        this.secrets = secrets;
        this.delays = delays;
        this.sessions = sessions;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A secret that an app is to learn.
     *
     * @param text base32, for typing
     * @param uri {@code otpauth://totp/…}, for a QR code
     */
    public record Offer(String text, String uri) {}

    public boolean isOn(long operatorId) {
        return factors.find(operatorId).filter(found -> found.confirmedAt() != null).isPresent();
    }

    /** Backup codes that are left. */
    public int backupCodesLeft(long operatorId) {
        return factors.countBackupCodes(operatorId);
    }

    /** Makes a secret; it guards nothing until {@link #confirm}. */
    @Transactional
    public void begin(SignedIn me) {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        if (factors.begin(me.operatorId(), secrets.seal(secret, name(me.operatorId()))) == 0) {
            throw new Refusal("", "The second factor is on already.");
        }
    }

    /** The secret that waits for its first code, if one does. */
    public Optional<Offer> offered(SignedIn me) {
        return factors.find(me.operatorId())
                .filter(found -> found.confirmedAt() == null)
                .flatMap(this::secret)
                .map(secret -> offer(me.email(), Base32.encode(secret)));
    }

    /**
     * Turns the second factor on, after a first code from the app.
     *
     * @return the backup codes, told this once
     * @throws Refusal if the code is wrong
     */
    @Transactional
    public List<String> confirm(SignedIn me, String typed) {
        byte[] secret =
                factors.find(me.operatorId())
                        .filter(found -> found.confirmedAt() == null)
                        .flatMap(this::secret)
                        .orElseThrow(() -> new Refusal("", "Begin again: there is no secret."));
        OptionalLong step = Totp.match(secret, digits(typed), clock.instant());
        if (step.isEmpty()
                || factors.confirm(me.operatorId(), clock.instant(), step.getAsLong()) == 0) {
            throw WRONG;
        }
        sessions.endOthers(me);
        trail.note(me, "second-factor-on", "");
        return newBackupCodes(me.operatorId());
    }

    /** Makes ten backup codes; those from before are worth nothing from now on. */
    @Transactional
    public List<String> renewBackupCodes(SignedIn me) {
        if (!isOn(me.operatorId())) {
            throw new Refusal("", "Turn on the second factor first.");
        }
        trail.note(me, "backup-codes-made", "");
        return newBackupCodes(me.operatorId());
    }

    @Transactional
    public void turnOff(SignedIn me) {
        if (factors.remove(me.operatorId()) > 0) {
            trail.note(me, "second-factor-off", "");
        }
    }

    /**
     * Takes a code of the app or a backup code; no code is taken twice.
     *
     * @return whether it was a backup code
     * @throws Refusal if it is wrong or was taken before
     * @throws TooManyAttempts after several wrong ones
     */
    boolean take(long operatorId, String typed) {
        Delays.Subject subject = Delays.Subject.ofCode(operatorId);
        delays.begin(subject);
        boolean backup = BackupCodes.looksLikeOne(typed);
        boolean right = backup ? takeBackup(operatorId, typed) : takeCode(operatorId, typed);
        if (!right) {
            throw WRONG;
        }
        delays.succeeded(subject);
        return backup;
    }

    private boolean takeBackup(long operatorId, String typed) {
        return factors.useBackupCode(operatorId, BackupCodes.hash(typed)) > 0;
    }

    private boolean takeCode(long operatorId, String typed) {
        OptionalLong step =
                factors.find(operatorId)
                        .flatMap(this::secret)
                        .map(secret -> Totp.match(secret, digits(typed), clock.instant()))
                        .orElse(OptionalLong.empty());
        return step.isPresent() && factors.take(operatorId, step.getAsLong()) > 0;
    }

    private Optional<byte[]> secret(SecondFactor factor) {
        Optional<byte[]> secret = secrets.open(factor.sealed(), name(factor.operatorId()));
        if (secret.isEmpty()) {
            LOG.error(
                    "a second factor cannot be read: ASSENT_SECRET_FILE is not the file that it was"
                            + " made with; backup codes still work");
        }
        return secret;
    }

    private List<String> newBackupCodes(long operatorId) {
        factors.removeBackupCodes(operatorId);
        List<String> codes = BackupCodes.make();
        codes.forEach(code -> factors.insertBackupCode(operatorId, BackupCodes.hash(code)));
        return codes;
    }

    private static String name(long operatorId) {
        return "second factor of operator " + operatorId;
    }

    private static String digits(String typed) {
        return typed.replaceAll("\\s", "");
    }

    private static Offer offer(String email, String secret) {
        String label = URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20");
        return new Offer(
                secret, "otpauth://totp/Assent:" + label + "?secret=" + secret + "&issuer=Assent");
    }
}
