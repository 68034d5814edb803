// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.trail;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** An event as it was logged. */
@MappedEntity("operator_event_entry")
@SuppressWarnings("ArrayRecordComponent")
record TrailEntry(@Id long eventId, byte[] salt, byte[] document, long logIndex) {}
