// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/xhtml+xml, text/html, */*;q=0.1",
                "application/json;q=0.5, text/html;q=0.6",
            })
    void aBrowser_getsThePage(String accept) {
        assertThat(Accept.prefersPage(HttpRequest.GET("/").header("Accept", accept))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/*",
                "text/html, application/json",
                "application/json, text/html;q=0.9",
                "text/html;q=0, */*",
                "image/avif,image/webp,*/*;q=0.8",
                "application/ld+json",
            })
    void aProgram_getsJson(String accept) {
        assertThat(Accept.prefersPage(HttpRequest.GET("/").header("Accept", accept))).isFalse();
    }
}
