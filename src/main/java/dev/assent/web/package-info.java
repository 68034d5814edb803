// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What every HTTP answer has in common: problems (RFC 9457), security headers, cross-origin rules,
 * the client's network prefix and its rate limit, and the link to Redis.
 *
 * <p>May import nothing of ours. Begin with {@link dev.assent.web.Problem}.
 */
@NullMarked
package dev.assent.web;

import org.jspecify.annotations.NullMarked;
