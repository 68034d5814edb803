// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The pages of a site's webhooks and their deliveries. May import what {@code console} may; begin
 * with {@code WebhookPages}.
 */
@NullMarked
package dev.assent.console.webhook;

import org.jspecify.annotations.NullMarked;
