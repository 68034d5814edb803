// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.receipt.Check.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the lines of an export showed, in as much memory as a few faults take. */
final class ExportFindings {
    private static final int MAX_FAULTS = 20;

    private final Map<Step, Result> worst = new EnumMap<>(Step.class);
    private final List<Check> faults = new ArrayList<>();
    private final int witnesses;
    private int fewestCosigned = Integer.MAX_VALUE;
    private long records;
    private long tombstones;
    private long failed;

    ExportFindings(int witnesses) {
        this.witnesses = witnesses;
    }

    void addRecord(Checks checks) {
        records++;
        add(checks);
    }

    void addTombstone(Checks checks) {
        tombstones++;
        add(checks);
    }

    boolean hasTombstones() {
        return tombstones > 0;
    }

    private void add(Checks checks) {
        fewestCosigned = Math.min(fewestCosigned, checks.cosigned());
        for (Check check : checks.all()) {
            worst.merge(check.step(), check.result(), ExportFindings::worse);
        }
    }

    /** A line that failed. Only the first few are told one by one. */
    void add(Check fault) {
        failed++;
        if (faults.size() < MAX_FAULTS) {
            faults.add(fault);
        }
    }

    Verdict verdict(String sequence, List<String> notes) {
        List<Check> checks = new ArrayList<>();
        if (failed == 0 && records + tombstones == 0) {
            checks.add(new Check(Step.PARSE, Result.FAILED, "the export is empty"));
        } else if (failed == 0) {
            String counts =
                    records + (records == 1 ? " record, " : " records, ") + tombstones + " erased";
            checks.add(new Check(Step.PARSE, Result.PASSED, counts));
            worst.forEach((step, result) -> checks.add(new Check(step, result, "all lines")));
            checks.add(new Check(Step.SEQUENCE, Result.PASSED, sequence));
        }
        checks.addAll(faults);
        List<String> said = new ArrayList<>(notes);
        if (failed > 0) {
            said.addFirst(told());
        }
        return new Verdict(level(), checks, said);
    }

    private String told() {
        if (failed == 1) {
            return "1 line failed";
        }
        return failed
                + " lines failed"
                + (failed > faults.size() ? "; the first " + faults.size() + " are listed" : "");
    }

    private String level() {
        return records + tombstones == 0
                ? Verdict.NO_LEVEL
                : Verdict.level(fewestCosigned, witnesses);
    }

    /** One line below the demand is enough to be below; a step skipped everywhere is skipped. */
    private static Result worse(Result one, Result other) {
        if (one == Result.BELOW || other == Result.BELOW) {
            return Result.BELOW;
        }
        return one == Result.PASSED && other == Result.PASSED ? Result.PASSED : Result.SKIPPED;
    }
}
