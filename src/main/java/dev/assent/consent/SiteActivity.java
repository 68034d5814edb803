// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import dev.assent.account.Isolation;
import dev.assent.account.SignedIn;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells how much an organization's sites record. */
@Singleton
public class SiteActivity {
    /** As far as it counts: so that a busy site's page is as quick as any. */
    public static final int MOST = 10_000;

    private static final Duration RECENT = Duration.ofDays(30);

    private final ActivityRepository activities;
    private final Isolation isolation;
    private final InstantSource clock;

    SiteActivity(ActivityRepository activities, Isolation isolation, InstantSource clock) {
        this.activities = activities;
        this.isolation = isolation;
        this.clock = clock;
    }

    /** Of all the organization's sites that are not removed, by {@link Activity#siteId()}. */
    public Map<Long, Activity> list(SignedIn me) {
        return isolation
                .within(
                        me.organizationId(),
                        () ->
                                activities.list(
                                        me.organizationId(), clock.instant().minus(RECENT), MOST))
                .stream()
                .collect(Collectors.toMap(Activity::siteId, Function.identity()));
    }
}
