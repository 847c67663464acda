package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Has every name that is allowed files of its own, within its bucket, and no other name any? */
class ObjectNamesTest {

  private static final Path ROOT = Path.of("/data/objects/bucket");

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> odd =
        Arbitraries.of(
            "..",
            ".",
            "/",
            "//",
            "%",
            "%2e",
            "%_",
            "~",
            "~.json",
            "~new",
            "~lock",
            "~1",
            "\\",
            "\u0000",
            ":",
            "*",
            "CON",
            "a",
            "A",
            "\u0938",
            "\ud83d\udc2a",
            "\ud83d",
            "\u200b",
            " ",
            "\n",
            "x".repeat(80));
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12);
    return Arbitraries.oneOf(odd, any).list().ofMaxSize(8).map(parts -> String.join("", parts));
  }

  private static boolean isAllowed(String name) {
    try {
      ObjectName.check(name);
      return true;
    } catch (ObjectRefusedException e) {
      return false;
    }
  }

  @Property(tries = 3_000)
  void anAllowedNameStaysInItsBucketAndIsReadBack(@ForAll("names") String name) {
    if (!isAllowed(name)) {
      return;
    }
    List<String> parts = FileNames.of(name);
    Path file = ROOT;
    StringBuilder back = new StringBuilder();
    for (String folder : parts.subList(0, parts.size() - 1)) {
      assertThat(folder).matches("[A-Za-z0-9%_.=+,@-]+").isNotIn(".", "..");
      assertThat(folder.length()).isLessThanOrEqualTo(255);
      file = file.resolve(folder);
      back.append(new String(FileNames.folder(folder), StandardCharsets.ISO_8859_1));
    }
    String last = parts.getLast() + "~1795305600000000";
    assertThat(last.length()).isLessThanOrEqualTo(255);
    file = file.resolve(last);
    assertThat(file.normalize()).isEqualTo(file).startsWithRaw(ROOT).isNotEqualTo(ROOT);
    assertThat(file.startsWith(ROOT.resolve("~new"))).isFalse();
    back.append(new String(FileNames.bytes(parts.getLast()), StandardCharsets.ISO_8859_1));
    byte[] bytes = back.toString().getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(name);
  }

  @Property(tries = 3_000)
  void twoNamesNeverShareAFile(@ForAll("names") String one, @ForAll("names") String other) {
    if (isAllowed(one) && isAllowed(other) && !one.equals(other)) {
      assertThat(FileNames.of(one)).isNotEqualTo(FileNames.of(other));
    }
  }

  @Property(tries = 3_000)
  void whatLeadsElsewhereIsNotAllowed(@ForAll("names") String name) {
    boolean leads =
        name.isEmpty()
            || List.of(name.split("/", -1)).stream().anyMatch(List.of("", ".", "..")::contains)
            || name.contains("\\")
            || name.codePoints().anyMatch(Character::isISOControl)
            || name.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)
            || name.getBytes(StandardCharsets.UTF_8).length > ObjectName.LONGEST;
    assertThat(isAllowed(name)).isEqualTo(!leads);
  }
}
