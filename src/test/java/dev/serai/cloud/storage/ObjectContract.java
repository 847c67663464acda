package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.cloud.storage.ObjectException.ObjectChangedException;
import dev.serai.cloud.storage.ObjectException.ObjectExistsException;
import dev.serai.cloud.storage.ObjectException.ObjectMissingException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What do routes get from the Kamelets of storage, whatever cloud is behind them? */
abstract class ObjectContract extends ObjectNameContract {

  /** The CRC32C of the digits 1 to 9, by the book: E3069283. */
  private static final String CRC_OF_DIGITS = "4waSgw==";

  @Test
  void whatIsPutIsGotWithAllThatWasSaidOfIt() throws Exception {
    byte[] bytes = utf8("123456789");
    Map<String, Object> said =
        Map.of(
            "name", name("whole.csv"),
            "type", "text/csv",
            "encoding", "identity",
            "cache", "private",
            "metadata", Map.of("order", 4711));
    Exchange put = objects().done("put", bytes, said);
    JsonNode result = ObjectRoutes.result(put);
    assertThat(put.getMessage().getBody()).isSameAs(bytes);
    assertThat(put.getMessage().getHeaders()).isEmpty();
    assertThat(result.path("bucket").asText()).isEqualTo("exports");
    assertThat(result.path("name").asText()).isEqualTo(name("whole.csv"));
    assertThat(result.path("size").asLong()).isEqualTo(9);
    assertThat(result.path("crc32c").asText()).isEqualTo(CRC_OF_DIGITS);
    assertThat(result.path("content_type").asText()).isEqualTo("text/csv");
    assertThat(result.path("content_encoding").asText()).isEqualTo("identity");
    assertThat(result.path("cache_control").asText()).isEqualTo("private");
    assertThat(result.path("metadata").path("order").asText()).isEqualTo("4711");
    assertThat(result.path("generation").asLong()).isPositive();
    assertThat(result.path("created").asText()).endsWith("Z");

    Exchange got = objects().done("get", "", Map.of("name", name("whole.csv")));
    assertThat(got.getMessage().getBody(byte[].class)).isEqualTo(bytes);
    assertThat(got.getMessage().getHeaders()).isEmpty();
    assertThat(ObjectRoutes.result(got)).isEqualTo(result);
  }

  @Test
  void textBytesStreamsAndOtherBodiesAreStored() throws Exception {
    objects().put(name("text"), "\u0938\u0930\u093e\u092f");
    assertThat(objects().get(name("text"))).isEqualTo(utf8("\u0938\u0930\u093e\u092f"));
    Exchange stream =
        objects()
            .done("put", new ByteArrayInputStream(utf8("stream")), Map.of("name", name("stream")));
    assertThat(stream.getMessage().getBody()).isNull();
    assertThat(objects().get(name("stream"))).isEqualTo(utf8("stream"));
    objects().put(name("map"), Map.of("a", 1));
    assertThat(objects().get(name("map"))).isEqualTo(utf8("{\"a\":1}"));
    objects().put(name("empty"), "");
    assertThat(objects().get(name("empty"))).isEmpty();
    assertThat(objects().call("put", null, Map.of("name", name("null"))).getException())
        .hasMessageContaining("no body");
  }

  @Test
  void metadataMayBeWrittenAsText() throws Exception {
    Map<String, String> said =
        Map.of("name", name("meta"), "metadata", "order: 4711| kind : invoice");
    JsonNode metadata = ObjectRoutes.result(objects().done("put", "x", said)).path("metadata");
    assertThat(metadata.path("order").asText()).isEqualTo("4711");
    assertThat(metadata.path("kind").asText()).isEqualTo("invoice");
  }

  @Test
  void otherBytesThanThoseThatWereMeantAreNotStored() throws Exception {
    Map<String, String> named = Map.of("name", name("checked"), "crc32c", CRC_OF_DIGITS);
    assertThat(objects().call("put", "987654321", named).getException())
        .isInstanceOf(ObjectRefusedException.class)
        .hasMessageContaining(CRC_OF_DIGITS);
    assertThat(names("checked", "")).isEmpty();
    objects().done("put", "123456789", named);
    assertThat(names("checked", "")).containsExactly(name("checked"));
  }

  @Test
  void anObjectIsOverwrittenOnlyWhereThatIsMeant() throws Exception {
    JsonNode first = objects().put(name("once"), "first");
    assertThat(objects().call("once", "second", Map.of("name", name("once"))).getException())
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(name("once"));
    assertThat(objects().get(name("once"))).isEqualTo(utf8("first"));
    JsonNode third = objects().put(name("once"), "third");
    assertThat(objects().get(name("once"))).isEqualTo(utf8("third"));
    assertThat(third.path("generation").asLong()).isGreaterThan(first.path("generation").asLong());
  }

  @Test
  void whatIsNotThereIsAnErrorUnlessItMayBe() throws Exception {
    Map<String, String> named = Map.of("name", name("nothing"));
    assertThat(objects().call("get", "before", named).getException())
        .isInstanceOf(ObjectMissingException.class)
        .hasMessageContaining("exports")
        .hasMessageContaining(name("nothing"));
    Exchange optional = objects().done("optional", "before", named);
    assertThat(optional.getMessage().getBody()).isNull();
    assertThat(optional.getVariable("serai.result")).isNull();
  }

  @Test
  void aPartOfAnObjectIsRead() throws Exception {
    objects().put(name("part"), "0123456789");
    Map<String, String> middle = Map.of("name", name("part"), "offset", "3", "length", "4");
    assertThat(objects().done("get", "", middle).getMessage().getBody(String.class))
        .isEqualTo("3456");
    Map<String, String> end = Map.of("name", name("part"), "offset", "8");
    assertThat(objects().done("get", "", end).getMessage().getBody(String.class)).isEqualTo("89");
    Map<String, String> behind = Map.of("name", name("part"), "offset", "11");
    assertThat(objects().call("get", "", behind).getException())
        .isInstanceOf(ObjectRefusedException.class);
  }

  @Test
  void aDeletedObjectIsGoneAndDeletingItAgainIsNoError() throws Exception {
    JsonNode old = objects().put(name("gone/deep/down"), "x");
    objects().put(name("gone/deep/down"), "y");
    String generation = old.path("generation").asText();
    Map<String, String> wrong = Map.of("name", name("gone/deep/down"), "generation", generation);
    assertThat(objects().call("delete", "", wrong).getException())
        .isInstanceOf(ObjectChangedException.class)
        .hasMessageContaining(generation);
    Map<String, String> named = Map.of("name", name("gone/deep/down"));
    assertThat(objects().done("delete", "", named).getVariable("serai.deleted")).isEqualTo(true);
    assertThat(objects().done("delete", "", named).getVariable("serai.deleted")).isEqualTo(false);
    assertThat(objects().call("get", "", named).getException())
        .isInstanceOf(ObjectMissingException.class);
  }

  @Test
  void aSignedAddressFetchesAndStores() throws Exception {
    objects().put(name("signed"), "to fetch");
    assertThat(Http.get(objects().sign("get", name("signed"))).body()).isEqualTo("to fetch");
    assertThat(put("put", "stored", "from outside")).isBetween(200, 201);
    assertThat(objects().get(name("stored"))).isEqualTo(utf8("from outside"));
    assertThat(put("put", "stored", "again")).isEqualTo(412);
    assertThat(put("csv", "bounded", "8 bytes.")).isBetween(200, 201);
    Map<String, String> named = Map.of("name", name("bounded"));
    assertThat(ObjectRoutes.result(objects().done("get", "", named)).path("content_type").asText())
        .isEqualTo("text/csv");
    assertThat(put("csv", "bounded", "9 bytes..")).isBetween(400, 413);
  }

  /** With all that has to be sent with it. */
  private int put(String what, String last, String body) throws Exception {
    ObjectRoutes.Signed signed = objects().signed(what, name(last));
    return Http.put(signed.address(), body, signed.headers()).statusCode();
  }
}
