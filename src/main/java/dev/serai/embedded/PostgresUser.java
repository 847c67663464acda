package dev.serai.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * The user PostgreSQL runs as: the hub's own, except that PostgreSQL refuses to be root.
 *
 * <p>Under root, a user namespace takes the privileges away while the files stay root's. Where
 * namespaces are forbidden (a container's default profile), the server runs as {@code nobody}, who
 * is then given the folder.
 *
 * @param prefix what is put before a command; empty for a normal user
 * @param owner the numeric id that must own the files, or -1 to leave them as they are
 */
record PostgresUser(List<String> prefix, int owner) {

  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final PostgresUser SELF = new PostgresUser(List.of(), -1);
  private static final PostgresUser NAMESPACE =
      new PostgresUser(List.of("unshare", "--user"), ROOT);
  private static final PostgresUser NOBODY_USER =
      new PostgresUser(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), NOBODY);

  static PostgresUser detect() {
    return detect(new UnixSystem().getUid(), Commands::succeeds);
  }

  /** Visible for tests: which user is chosen for a uid where only some commands work. */
  static PostgresUser detect(long uid, Predicate<List<String>> works) {
    if (uid != ROOT) {
      return SELF;
    }
    return List.of(NAMESPACE, NOBODY_USER).stream()
        .filter(user -> works.test(Commands.concat(user.prefix, "true")))
        .findFirst()
        .orElseThrow(
            () ->
                new EmbeddedServerException(
                    "PostgreSQL refuses to run as root, and neither unshare nor setpriv may change"
                        + " the user here. Run the hub as a normal user, or set"
                        + " SERAI_DATABASE_URL."));
  }

  List<String> command(String... command) {
    return Commands.concat(prefix, command);
  }

  /** Gives the folder to this user, unless it is already theirs. */
  void own(Path folder) throws IOException {
    if (owner >= 0
        && !Integer.valueOf(owner)
            .equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
      Commands.run(List.of("chown", "-R", owner + ":" + owner, folder.toString()));
    }
  }
}
