package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Do the Kamelets that keep objects in Cloud Storage what all of them promise? */
class GoogleObjectsTest extends ObjectContract {

  @Override
  TestHub hub() {
    return StorageHub.shared();
  }

  @Test
  void otherBytesThanThoseThatWereMeantAreNotStoredHoweverManyTheyAre() throws Exception {
    Map<String, String> meant = Map.of("name", name("meant"), "crc32c", "AAAAAA==");
    ByteArrayInputStream large = new ByteArrayInputStream(new byte[20_000_000]);
    assertThat(objects().call("put", large, meant).getException())
        .isInstanceOf(ObjectRefusedException.class)
        .hasMessageContaining("AAAAAA==");
    assertThat(names("meant", "")).isEmpty();
  }
}
