// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.account;

import io.micronaut.security.authentication.Authentication;
import java.util.Collection;
import java.util.Map;

/** A caller known by a key; its roles are the key's scopes. */
record ApiKeyAuthentication(ApiKey key) implements Authentication {

    @Override
    public String getName() {
        return "key " + key.id();
    }

    @Override
    public Collection<String> getRoles() {
        return key.scopes();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of("organization", key.organizationId(), "roles", key.scopes());
    }
}
