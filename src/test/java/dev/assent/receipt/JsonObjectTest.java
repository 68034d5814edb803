// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Int;
import dev.assent.receipt.JsonValue.Text;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    private final JsonObject object =
            JsonObject.builder()
                    .put("v", 1)
                    .put("site", "k7Q2mZ0pRb")
                    .put("late", true)
                    .put("policy", JsonObject.builder().put("version", 12).build())
                    .put("list", new Array(List.of(new Int(1))))
                    .build();

    @Test
    void readers_followAPath() throws JsonException {
        assertThat(object.integer("v")).isEqualTo(1);
        assertThat(object.text("site")).isEqualTo("k7Q2mZ0pRb");
        assertThat(object.bool("late")).isTrue();
        assertThat(object.integer("policy", "version")).isEqualTo(12);
        assertThat(object.array("list")).containsExactly(new Int(1));
        assertThat(object.object("policy").keys()).containsExactly("version");
        assertThat(object.keys()).containsExactly("late", "list", "policy", "site", "v");
    }

    @Test
    void readers_pointAtWhatIsMissingOrOfAnotherKind() {
        assertThat(pointer(() -> object.text("policy", "sha256"))).isEqualTo("/policy/sha256");
        assertThat(pointer(() -> object.text("policy", "version"))).isEqualTo("/policy/version");
        assertThat(pointer(() -> object.integer("site"))).isEqualTo("/site");
        assertThat(pointer(() -> object.bool("v"))).isEqualTo("/v");
        assertThat(pointer(() -> object.object("v", "deeper"))).isEqualTo("/v/deeper");
        assertThat(pointer(() -> object.array("policy"))).isEqualTo("/policy");
        assertThat(object.find("policy", "sha256")).isEmpty();
        assertThat(object.find()).contains(object);
    }

    @Test
    void values_cannotBeMadeOfWhatCannotBeWritten() {
        JsonObject.Builder builder = JsonObject.builder().put("aB", 1);
        refuses(() -> builder.put("aB", 1));
        refuses(() -> builder.put("ab", 1));
        refuses(() -> builder.put("", 1));
        refuses(() -> builder.put("1a", 1));
        refuses(() -> builder.put("b", 1L << 53));
        refuses(() -> builder.put("b", -(1L << 53)));
        refuses(() -> new Text("\ud800"));
        refuses(() -> new Text("\ud800\ud800\udc00"));
        assertThat(builder.build().keys()).containsExactly("aB");
    }

    @Test
    void toString_keepsValuesToItself() {
        assertThat(object).hasToString("JsonObject[late, list, policy, site, v]");
    }

    private static void refuses(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }

    private static String pointer(ThrowingCallable call) {
        return catchThrowableOfType(JsonException.class, call).pointer();
    }
}
