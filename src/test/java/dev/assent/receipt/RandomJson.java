// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Bool;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values of every allowed kind, the same ones for the same seed. */
final class RandomJson {
    private static final int[] CODE_POINTS = {
        0, 1, 8, 9, 10, 12, 13, 0x1f, 0x20, '"', '\\', '/', 'a', 0x7f, 0x80, 0xe9, 0x2028, 0xfffd,
        0xffff, 0x1f602, 0x10ffff
    };

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    JsonValue value(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> new Text(text());
            case 1 -> new Int(random.nextLong() >> (11 + random.nextInt(52)));
            case 2 -> new Bool(random.nextBoolean());
            case 3 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private Array array(int depth) {
        List<JsonValue> values = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            values.add(value(depth));
        }
        return new Array(values);
    }

    private JsonObject object(int depth) {
        JsonObject.Builder members = JsonObject.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            members.add("k" + Integer.toString(random.nextInt(1_000_000), 36), value(depth));
        }
        return members.build();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }
}
