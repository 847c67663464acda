package dev.serai.cloud.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Names of objects as names of files. Whatever is not ASCII is escaped, because file systems differ
 * in how they see it; long parts are cut into folders, whose names end with %, because no file
 * system takes them whole. A file has a ~ in its name and a folder none: so an object {@code a} and
 * another {@code a/b} do not meet.
 */
final class FileNames {

  /** Of bytes: 240 when all are escaped. File systems take 255. */
  private static final int LONGEST = 80;

  private static final String GOES_ON = "%";
  private static final String NOTHING = "%_";
  private static final String PLAIN = "-_.=+,@";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private FileNames() {}

  /** The folders of an object, and what its files begin with. */
  static List<String> of(String object) {
    List<String> parts = new ArrayList<>();
    String[] segments = object.split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      byte[] rest = segments[i].getBytes(StandardCharsets.UTF_8);
      while (rest.length >= LONGEST) {
        parts.add(escaped(Arrays.copyOf(rest, LONGEST)) + GOES_ON);
        rest = Arrays.copyOfRange(rest, LONGEST, rest.length);
      }
      boolean isFolder = i < segments.length - 1;
      parts.add(isFolder && rest.length == 0 ? NOTHING : escaped(rest));
    }
    return parts;
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      char c = (char) (one & 0xff);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (plain || PLAIN.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append('%').append(HEX.toHexDigits(one));
      }
    }
    String name = text.toString();
    return name.equals(".") || name.equals("..") ? name.replace(".", "%2E") : name;
  }

  /** What the names of the objects in a folder go on with. */
  static byte[] folder(String name) {
    if (name.endsWith(GOES_ON)) {
      return bytes(name.substring(0, name.length() - GOES_ON.length()));
    }
    byte[] part = name.equals(NOTHING) ? new byte[0] : bytes(name);
    byte[] withSlash = Arrays.copyOf(part, part.length + 1);
    withSlash[part.length] = '/';
    return withSlash;
  }

  /** What the files of an object begin with, as it was before it was escaped. */
  static byte[] bytes(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
