// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so root gives it away: to the account that
 * owns the data already; else to an unmapped account of a new user namespace, in which the files
 * stay root's; else, where namespaces are forbidden, to {@code nobody}.
 *
 * @param prefix words before every command
 * @param owner uid that has to own the files, or null if they are rightly owned as we make them
 */
record ServerAccount(List<String> prefix, @Nullable Integer owner) {
    private static final int NOBODY = 65534;

    static ServerAccount forFolder(Path existingOrParent) throws IOException {
        if (!weAreRoot()) {
            return new ServerAccount(List.of(), null);
        }
        int owner = (Integer) Files.getAttribute(existingOrParent, "unix:uid");
        if (owner != 0) {
            return other(owner, existingOrParent);
        }
        List<String> namespace = List.of("unshare", "--user");
        if (Command.run(join(namespace, "true")).succeeded()) {
            return new ServerAccount(namespace, null);
        }
        return other(NOBODY, existingOrParent);
    }

    private static ServerAccount other(int uid, Path folder) {
        List<String> prefix =
                List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        if (!Command.run(join(prefix, "true")).succeeded()) {
            throw new LocalServerException(
                    "PostgreSQL refuses to run as root, and neither unshare --user nor setpriv works"
                            + " here. Start Assent as an ordinary user, or name a database of your own"
                            + " with ASSENT_DATABASE_URL.");
        }
        if (!Command.run(join(prefix, "test", "-x", folder.toString())).succeeded()) {
            throw new LocalServerException(
                    "PostgreSQL refuses to run as root, and account "
                            + uid
                            + ", under which it would run, cannot reach "
                            + folder
                            + ". Name a folder that all may enter with ASSENT_DATA_DIR, or start"
                            + " Assent as an ordinary user.");
        }
        return new ServerAccount(prefix, uid);
    }

    private static boolean weAreRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? (Integer) Files.getAttribute(self, "unix:uid") == 0
                : "root".equals(System.getProperty("user.name"));
    }

    /** True if the account differs from ours, so that programs and data must be open to it. */
    boolean isStranger() {
        return owner != null;
    }

    List<String> command(Path program, String... words) {
        return join(join(prefix, program.toString()), words);
    }

    /** Hands over {@code tree} with all that is in it, or does nothing if it is rightly owned. */
    void own(Path tree) throws IOException {
        if (owner == null) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                Files.setAttribute(path, "unix:uid", owner);
                Files.setAttribute(path, "unix:gid", owner);
            }
        }
    }

    private static List<String> join(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all;
    }
}
