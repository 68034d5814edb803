// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import jakarta.inject.Singleton;

/** Whether witnesses are asked to vouch for this log's checkpoints. */
@Singleton
final class Witnesses {
    boolean areAsked() {
        return false;
    }
}
