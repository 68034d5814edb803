// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * Counts requests for scripts: {@code assent_script_requests_total} with {@code result} {@code 200}
 * or {@code 304}, answered from memory, or {@code miss}, looked up elsewhere. No site and nothing
 * of the visitor.
 */
@Singleton
final class ScriptMetrics {
    private static final int NOT_MODIFIED = 304;

    private final Counter ok;
    private final Counter notModified;
    private final Counter missed;

    ScriptMetrics(MeterRegistry metrics) {
        this.ok = counter(metrics, "200");
        this.notModified = counter(metrics, "304");
        this.missed = counter(metrics, "miss");
    }

    /** From memory, with this status. */
    void served(int status) {
        if (status == NOT_MODIFIED) {
            notModified.increment();
        } else {
            ok.increment();
        }
    }

    /** Not from memory. */
    void missed() {
        missed.increment();
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return metrics.counter("assent.script.requests", "result", result);
    }
}
