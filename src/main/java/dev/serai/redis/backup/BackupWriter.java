package dev.serai.redis.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/** Writes the lines of a backup, the last with the hash of all before it. */
final class BackupWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;
  private final DigestOutputStream hashed;
  private long keys;

  BackupWriter(OutputStream out) {
    this.out = out;
    this.hashed = new DigestOutputStream(out, Hash.sha256());
  }

  void head(BackupRow head) throws IOException {
    line(hashed, head);
  }

  void key(BackupRow row) throws IOException {
    line(hashed, row);
    keys++;
  }

  long keys() {
    return keys;
  }

  long end() throws IOException {
    String sha256 = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    line(out, BackupRow.end(keys, sha256));
    out.flush();
    return keys;
  }

  private static void line(OutputStream to, BackupRow row) throws IOException {
    to.write(JSON.writeValueAsBytes(row));
    to.write('\n');
  }
}
