// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.context.annotation.Property;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mail through the server that {@code ASSENT_SMTP_URL} names; without it there is no mail,
 * and links are shown instead. Plain text, one recipient.
 */
@Singleton
public class Mail {
    private static final Logger LOG = LoggerFactory.getLogger(Mail.class);

    private final Optional<SmtpAddress> server;
    private final ExecutorService blocking;

    /**
     * @throws IllegalArgumentException if {@code url} is none of an SMTP server
     */
    Mail(
            @Nullable @Property(name = "assent.smtp-url") String url,
            @Nullable @Property(name = "assent.mail-from") String from,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.server =
                url == null || url.isBlank()
                        ? Optional.empty()
                        : Optional.of(SmtpAddress.parse(url.strip(), from));
        this.blocking = blocking;
    }

    /** A message in plain text. */
    record Message(String to, String subject, String text) {
        @Override
        public String toString() {
            return "a message";
        }
    }

    public boolean isConfigured() {
        return server.isPresent();
    }

    /**
     * Makes and sends a message after this has returned, if mail is configured. What goes wrong is
     * in the log, without the recipient.
     *
     * @param message empty if nothing is to be sent
     */
    void later(Supplier<Optional<Message>> message) {
        server.ifPresent(address ->
                blocking.execute(() -> {
                    try {
                        Optional<Message> made = message.get();
                        if (made.isPresent()) {
                            send(address, made.get());
                        }
                    } catch (MessagingException e) {
                        // The server's own words may repeat the address.
                        LOG.warn(
                                "mail cannot be sent through {}: {}",
                                address,
                                e.getClass().getSimpleName());
                    } catch (RuntimeException e) {
                        LOG.error("mail could not be made", e);
                    }
                }));
    }

    private static void send(SmtpAddress address, Message message) throws MessagingException {
        Session session = Session.getInstance(address.properties(), authenticator(address));
        var mail = new MimeMessage(session);
        mail.setFrom(new InternetAddress(address.from()));
        mail.setRecipient(RecipientType.TO, new InternetAddress(message.to()));
        mail.setSubject(message.subject(), "UTF-8");
        mail.setText(message.text(), "UTF-8");
        Transport.send(mail);
    }

    private static @Nullable Authenticator authenticator(SmtpAddress address) {
        if (address.user() == null) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(address.user(), address.password());
            }
        };
    }
}
