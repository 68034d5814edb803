// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.Hash;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of all sorts, whole and tampered with, of which one key signed every checkpoint. */
class LogCheckTest {
    @TempDir Path folder;
    private CheckedLog checked;
    private StoredLog log;

    @BeforeEach
    void open() throws Exception {
        checked = CheckedLog.open(folder);
        log = checked.stored();
    }

    @AfterEach
    void close() throws SQLException {
        checked.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257, 16383, 16384, 16385, 65535, 65536, 65537, 82000})
    void wholeLog_isFoundWhole_andItsLastTilesAreLookedAt(long size) throws SQLException {
        log.growTo(size);
        log.sign();
        var done = new ArrayList<Long>();
        var findings = new Findings();
        LogCheck.Counts counts = checked.check(findings, done::add);
        assertThat(findings.faults()).isEmpty();
        assertThat(counts.entries()).isEqualTo(size);
        assertThat(counts.covered()).isEqualTo(size);
        assertThat(counts.checkpoints()).isEqualTo(1);
        assertThat(counts.journal()).isFalse();
        assertThat(done).last().isEqualTo(size);
        for (int level = 0; size >> (8 * level) > 0; level++) {
            long last = log.number("select max(index) from log_tile where level = " + level);
            var savepoint = checked.connection().setSavepoint();
            log.tamper(
                    "update log_tile set hashes = overlay(hashes placing decode('00000000', 'hex')"
                            + " from octet_length(hashes) - 3) where level = "
                            + level
                            + " and index = "
                            + last);
            assertThat(checked.faults())
                    .singleElement()
                    .asString()
                    .startsWith("tile/" + level + "/")
                    .endsWith("is not made of its entries");
            checked.connection().rollback(savepoint);
        }
    }

    @Test
    void logThatGrewBySteps_isFoundWhole() throws SQLException {
        for (long size : new long[] {1, 3, 254, 257, 512, 16380, 16390, 40000, 65537, 65538}) {
            log.growTo(size);
            log.sign();
        }
        log.growTo(65600);
        assertThat(checked.faults()).isEmpty();
    }

    @Test
    void emptyLog_isFoundWhole() throws SQLException {
        checked.connection().rollback();
        assertThat(checked.faults()).isEmpty();
    }

    @Test
    void entriesThatNobodySignedYet_areNoFault() throws SQLException {
        assertThat(checked.faults()).isEmpty();
        log.growTo(300);
        assertThat(checked.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                // an entry
                "update log_entry set entry = decode('01', 'hex') || sha256('x') where index = 70"
                        + " ~ tile/0/000 is not made of its entries",
                "delete from log_entry where index = 299 ~ the head stands at 300, and the entries"
                        + " end at 299",
                "delete from log_entry where index = 299 ~ the checkpoint over 300 entries is over"
                        + " more than are there",
                "delete from log_entry where index = 20 ~ entry 20 is missing",
                "insert into log_entry values (300, decode('01', 'hex') || sha256('x'))"
                        + " ~ the head stands at 300, and the entries end at 301",
                "insert into log_entry values (302, decode('01', 'hex') || sha256('x'))"
                        + " ~ entry 300 is missing",
                "update log_head set size = 200 ~ the head stands at 200, and the entries end at"
                        + " 300",
                // a tile
                "update log_tile set hashes = set_byte(hashes, 8191, get_byte(hashes, 8191) # 1)"
                        + " where level = 0 and index = 0 ~ tile/0/000 is not made of its entries",
                "update log_tile set hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 128)"
                        + " where level = 1 ~ tile/1/000.p/1 is not made of its entries",
                "update log_tile set hashes = hashes || sha256('x') where index = 1"
                        + " ~ tile/0/001.p/44 is not made of its entries",
                "update log_tile set hashes = substring(hashes for 1376) where index = 1"
                        + " ~ tile/0/001.p/44 is not made of its entries",
                "delete from log_tile where level = 0 and index = 0 ~ tile/0/000 is missing",
                "delete from log_tile where level = 1 ~ tile/1/000.p/1 is missing",
                "insert into log_tile values (0, 2, sha256('x'))"
                        + " ~ tile/0/002 is stored, and the log does not reach it",
                "insert into log_tile values (7, 0, sha256('x'))"
                        + " ~ tile/7/000 is stored, and the log does not reach it",
                // a checkpoint
                "update checkpoint set root = sha256('x') where size = 200"
                        + " ~ the checkpoint over 200 entries is stored with another root",
                "update checkpoint set size = 201 where size = 200"
                        + " ~ the checkpoint over 201 entries says another size",
                "update checkpoint set size = 201 where size = 200"
                        + " ~ the checkpoint over 201 entries is not over these entries",
                "update checkpoint set note = (select note from checkpoint where size = 200)"
                        + " where size = 300 ~ the checkpoint over 300 entries says another size",
                "update checkpoint set note = 'x' where size = 200"
                        + " ~ the checkpoint over 200 entries is none",
                "update checkpoint set note = replace(note, 'consent.', 'other.') where size = 200"
                        + " ~ the checkpoint over 200 entries is of another log",
                "update checkpoint set note = overlay(note placing 'A' from length(note) - 8)"
                        + " where size = 200 ~ the checkpoint over 200 entries is not signed",
                "insert into checkpoint_cosignature values (200, 'x', true)"
                        + " ~ the checkpoint over 200 entries has cosignatures of another form",
                "delete from checkpoint where size = 300 ~ tile/0/001 is stored",
                // a key
                "delete from log_key ~ the checkpoint over 200 entries was signed before there was"
                        + " a key",
                "update log_key set opened_index = 5 ~ entry 5 does not open the log",
                "update log_key set vkey = 'x' ~ the key of entry 0 is none",
                "delete from log_statement ~ entry 0 does not open the log under the key",
            })
    void tampering_isFoundAndNamed(String tampering, String fault) throws SQLException {
        log.growTo(200);
        log.sign();
        log.growTo(300);
        log.sign();
        assertThat(checked.faults()).isEmpty();
        log.tamper(tampering);
        assertThat(checked.faults()).anySatisfy(found -> assertThat(found).startsWith(fault));
    }

    @Test
    void manyFaults_areCountedAndTheFirstHundredKept() throws SQLException {
        log.growTo(300);
        log.sign();
        log.tamper(
                "insert into log_tile select 0, i, sha256('x') from generate_series(1000, 1149) i");
        var findings = new Findings();
        checked.check(findings, done -> {});
        assertThat(findings.count()).isEqualTo(150);
        assertThat(findings.faults()).hasSize(100).first().asString().startsWith("tile/0/x001/000");
    }

    @Test
    void checkpointOverMoreThanThereIs_isFound_andTheTilesAreComparedAllTheSame()
            throws SQLException {
        log.growTo(300);
        log.sign();
        Hash root = log.root(300);
        log.store(StoredLog.note(StoredLog.ORIGIN, 400, root, log.key), root, 400);
        assertThat(checked.faults())
                .containsExactly("the checkpoint over 400 entries is over more than are there");
        log.tamper("delete from log_tile where level = 1");
        assertThat(checked.faults()).hasSize(2).contains("tile/1/000.p/1 is missing");
    }
}
