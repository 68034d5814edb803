// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @Test
    void jdbcUrl_isTakenAsItIs() {
        var address = DatabaseAddress.of("jdbc:postgresql://db/assent", "me", "secret");

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db/assent");
        assertThat(address.user()).isEqualTo("me");
        assertThat(address.password()).isEqualTo("secret");
    }

    @Test
    void postgresUrl_givesUpItsParts() {
        var address =
                DatabaseAddress.of(
                        "postgres://me:p%40ss+w@db:5433/assent?sslmode=require", null, null);

        assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db:5433/assent?sslmode=require");
        assertThat(address.user()).isEqualTo("me");
        assertThat(address.password()).isEqualTo("p@ss+w");
    }

    @Test
    void ownerGivenBeside_winsOverTheOneInside() {
        var address = DatabaseAddress.of("postgresql://a:b@db/assent", "c", "d");

        assertThat(address.user()).isEqualTo("c");
        assertThat(address.password()).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://a:hidden@b/c", "postgres://", "postgres:// hidden", "db"})
    void otherForms_areRefusedWithoutBeingRepeated(String url) {
        assertThatThrownBy(() -> DatabaseAddress.of(url, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ASSENT_DATABASE_URL must")
                .hasMessageNotContaining("hidden");
    }
}
