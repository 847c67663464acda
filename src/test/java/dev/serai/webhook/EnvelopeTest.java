package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

/** What is found in a body, and which bodies count as copies of one another? */
class EnvelopeTest {

  private static final Pointers POINTERS =
      new Pointers(List.of("/id", "/data/object/id", "/a/0"), List.of("/sent", "/data/tries"));
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter OTHER_WRITING =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writerWithDefaultPrettyPrinter()
          .with(JsonGenerator.Feature.ESCAPE_NON_ASCII);

  @Property(tries = 2000)
  void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] body, @ForAll boolean hashed) {
    assertThatNothingElseIsThrown(body, hashed);
  }

  @Property(tries = 2000)
  void whatIsNearlyJsonIsReadOrRefusedAndNothingElse(
      @ForAll("objects") Map<String, Object> object,
      @ForAll @IntRange(max = 500) int at,
      @ForAll byte other,
      @ForAll boolean cut)
      throws Exception {
    byte[] body = JSON.writeValueAsBytes(object);
    if (cut) {
      body = Arrays.copyOf(body, at % body.length);
    } else {
      body[at % body.length] = other;
    }
    assertThatNothingElseIsThrown(body, true);
  }

  @Property
  void neitherWhiteSpaceNorEscapesMakeAnotherBody(@ForAll("objects") Map<String, Object> object)
      throws Exception {
    assertThat(hash(OTHER_WRITING.writeValueAsBytes(object)))
        .isEqualTo(hash(JSON.writeValueAsBytes(object)));
  }

  @Property
  void volatileValuesMakeNoOtherBody(
      @ForAll("objects") Map<String, Object> object,
      @ForAll("values") Object one,
      @ForAll("values") Object other)
      throws Exception {
    ObjectNode body = JSON.valueToTree(object);
    byte[] first = JSON.writeValueAsBytes(withVolatile(body, one));
    byte[] second = JSON.writeValueAsBytes(withVolatile(body, other));

    assertThat(hash(second)).isEqualTo(hash(first));
  }

  @Property
  void anyOtherValueMakesAnotherBody(
      @ForAll("objects") Map<String, Object> object,
      @ForAll("values") Object one,
      @ForAll("values") Object other)
      throws Exception {
    ObjectNode first = JSON.valueToTree(object);
    ObjectNode second = first.deepCopy();
    first.set("z", JSON.valueToTree(one));
    second.set("z", JSON.valueToTree(other));
    boolean same = JSON.writeValueAsString(first).equals(JSON.writeValueAsString(second));

    byte[] hash = hash(JSON.writeValueAsBytes(first));
    if (same) {
      assertThat(hash(JSON.writeValueAsBytes(second))).isEqualTo(hash);
    } else {
      assertThat(hash(JSON.writeValueAsBytes(second))).isNotEqualTo(hash);
    }
  }

  @Property
  void aWantedTextIsFoundWhateverStandsAroundIt(
      @ForAll("objects") Map<String, Object> object, @ForAll("texts") String id) throws Exception {
    ObjectNode body = JSON.valueToTree(object);
    body.remove("id");
    body.remove("data");
    body.put("id", id);
    body.withObject("/data/object").put("id", id);

    Envelope envelope = Envelope.read(JSON.writeValueAsBytes(body), POINTERS, false);

    assertThat(envelope.text("/id")).contains(id);
    assertThat(envelope.scalar("/data/object/id")).contains(id);
  }

  @Property(tries = 50)
  void aWantedMemberThatComesTwiceIsRefused(
      @ForAll("texts") String one, @ForAll("texts") String two) throws Exception {
    String body =
        "{\"id\":%s,\"id\":%s}"
            .formatted(JSON.writeValueAsString(one), JSON.writeValueAsString(two));

    assertThatThrownBy(() -> Envelope.read(bytes(body), POINTERS, true))
        .isInstanceOf(EnvelopeException.class)
        .hasMessageContaining("twice");
  }

  @Property
  void aMalformedPointerIsNamed(@ForAll @NotEmpty String text) {
    if (text.startsWith("/")) {
      assertThat(new Pointers(List.of(text), List.of()).root().isEmpty()).isFalse();
    } else {
      assertThatThrownBy(() -> new Pointers(List.of(text), List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(text);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(12),
            Arbitraries.of("evt_1", "é", "\uD83D\uDE00", "\u0000", "\\", "\"", "/"))
        .filter(text -> new String(bytes(text), StandardCharsets.UTF_8).equals(text));
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            texts().map(Object.class::cast),
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast));
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars.list().ofMaxSize(3).map(Object.class::cast),
        () -> Arbitraries.maps(texts(), scalars).ofMaxSize(3).map(Object.class::cast));
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    Arbitrary<String> names =
        Arbitraries.oneOf(texts(), Arbitraries.of("id", "a", "data", "sent", "tries", "object"));
    return Combinators.combine(names, values())
        .as(Map::entry)
        .list()
        .ofMaxSize(6)
        .map(EnvelopeTest::ordered);
  }

  private static Map<String, Object> ordered(List<Map.Entry<String, Object>> entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  private static ObjectNode withVolatile(ObjectNode body, Object value) {
    ObjectNode copy = body.deepCopy();
    copy.remove("sent");
    copy.remove("data");
    copy.set("sent", JSON.valueToTree(value));
    copy.putObject("data").set("tries", JSON.valueToTree(value));
    return copy;
  }

  private static void assertThatNothingElseIsThrown(byte[] body, boolean hashed) {
    try {
      assertThat(Envelope.read(body, POINTERS, hashed)).isNotNull();
    } catch (EnvelopeException refused) {
      assertThat(refused.problem()).isNotBlank();
    }
  }

  private static byte[] hash(byte[] body) throws EnvelopeException {
    return Envelope.read(body, POINTERS, true).hash();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
