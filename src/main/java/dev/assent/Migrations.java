// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables up to date before the first pooled connection is made, as the tables' owner:
 * the pool's connections take on a role that may not change tables and that the first migration
 * makes.
 */
@Singleton
final class Migrations implements BeanCreatedEventListener<DatasourceConfiguration> {

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration database = event.getBean();
        Flyway.configure()
                .dataSource(database.getUrl(), database.getUsername(), database.getPassword())
                .locations("classpath:db/migration")
                .connectRetries(20)
                .load()
                .migrate();
        return database;
    }
}
