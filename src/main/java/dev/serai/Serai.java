package dev.serai;

import java.util.Arrays;

/**
 * The program: without arguments the hub, with arguments the command line.
 *
 * <p>This class alone is compiled for Java 17, so that an older Java can say what is missing
 * instead of failing on a class file that it doesn't know.
 */
public final class Serai {

  private static final int NEEDED = 25;

  private Serai() {}

  /** Settings may be given to the hub as {@code --serai.data.dir=...}; all else is a command. */
  public static void main(String[] args) throws ReflectiveOperationException {
    int found = Runtime.version().feature();
    if (found < NEEDED) {
      System.err.printf(
          "Serai needs Java %s or newer; this is Java %s (%s). Start it with the java of a JDK"
              + " %s.%n",
          NEEDED, found, System.getProperty("java.home"), NEEDED);
      System.exit(1);
    }
    // Netty would touch memory in a way that Java 25 warns of on every start.
    System.setProperty("io.netty.noUnsafe", System.getProperty("io.netty.noUnsafe", "true"));
    boolean hub = Arrays.stream(args).allMatch(arg -> arg.startsWith("--") && arg.contains("="));
    Class.forName(hub ? "dev.serai.Hub" : "dev.serai.cli.Commands")
        .getMethod("main", String[].class)
        .invoke(null, (Object) args);
  }
}
