// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * How a site's visitors answered, how many banners stayed unanswered, and what their browsers held
 * that no policy declares. As {@link dev.assent.console}, of which it is a room, it may import
 * everything. Begin with {@link dev.assent.console.statistics.StatisticsPages}.
 */
@NullMarked
package dev.assent.console.statistics;

import org.jspecify.annotations.NullMarked;
