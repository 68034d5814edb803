// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordNegotiationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    application/json | application/json
                    */* | application/json
                    application/* | application/json
                    text/html, application/json | application/json
                    application/ld+json, application/json | application/json
                    application/ld+json;q=0.5, */* | application/json
                    text/html | text/html
                    text/* | text/html
                    text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/html
                    text/html, application/ld+json | text/html
                    application/ld+json;q=0.9, text/html | text/html
                    application/ld+json | application/ld+json
                    application/LD+JSON | application/ld+json
                    application/ld+json;profile="https://w3id.org/dpv" | application/ld+json
                    application/ld+json, application/json;q=0.9 | application/ld+json
                    application/ld+json, */*;q=0.1 | application/ld+json
                    text/html;q=0.8, application/ld+json;q=0.9 | application/ld+json
                    application/ld+json, text/html, application/json;q=0.5 | text/html
                    application/json;q=0, application/ld+json;q=0.1 | application/ld+json
                    application/ld+json;q=0, application/* | application/json
                    image/png | none
                    application/ld+json;q=0 | none
                    """)
    void form_isWhatIsWantedMost(String accept, String form) {
        var accepted = HttpRequest.GET("/").header("Accept", accept).accept();

        assertThat(RecordNegotiation.form(accepted).map(MediaType::getName).orElse("none"))
                .isEqualTo(form);
    }

    @Test
    void noWishAtAll_isJson() {
        assertThat(RecordNegotiation.form(HttpRequest.GET("/").accept()))
                .contains(MediaType.APPLICATION_JSON_TYPE);
    }
}
