package dev.serai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a schema, and what does a schema say to data? */
@Execution(ExecutionMode.CONCURRENT)
class CatalogueTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "schemas/lamp.lit/1.schema.json";
  private static final String LAMP =
      """
      {"title": "Lamp lit", "description": "Somebody lit a lamp", "type": "object",
       "required": ["id"], "properties": {"id": {"type": "string"}, "watts": {"type": "integer",
       "minimum": 1}, "at": {"type": "string", "format": "date-time"}},
       "examples": [{"id": "l1", "watts": 7}]}
      """;

  private final Catalogue catalogue = new Catalogue();

  @Test
  void theProgramsOwnAreAllRightAndTheirExamplesFit() {
    Catalogue own = Catalogue.of(Path.of("routes"));

    assertThat(own.problems()).isEmpty();
    assertThat(own.types())
        .containsKeys(
            "foundation.updated",
            "icp.created",
            "move.started",
            "content.generated",
            "approval.requested",
            "usage.limit-reached",
            "agent.executed",
            "payment.succeeded");
    own.types()
        .forEach(
            (type, versions) ->
                versions
                    .values()
                    .forEach(
                        schema ->
                            assertThat(schema.examples())
                                .allSatisfy(
                                    example ->
                                        assertThat(own.judge(type, example))
                                            .hasValueSatisfying(
                                                verdict ->
                                                    assertThat(verdict.violations()).isEmpty()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | the data is an object; the rule is required: id",
        "7 | the data is an integer; the rule is type: \"object\"",
        "{\"id\": 7} | '/id' is an integer; the rule is type: \"string\"",
        "{\"id\": null} | '/id' is null; the rule is type: \"string\"",
        "{\"id\": \"a\", \"watts\": 0} | '/watts' is an integer; the rule is minimum: 1",
        "{\"id\": \"a\", \"watts\": 1.5} | '/watts' is a number; the rule is type: \"integer\"",
        "{\"id\": \"a\", \"at\": \"monday\"} | '/at' is a string; the rule is format:"
            + " \"date-time\"",
        "{\"id\": \"a\", \"schema_version\": 9} | '/schema_version' is an integer; the rule is one"
            + " of the versions [1]",
        "{\"id\": \"a\", \"schema_version\": \"1\"} | '/schema_version' is a string; the rule is"
            + " one of the versions [1]",
      })
  void aViolationNamesThePlaceTheKindAndTheRule(String data, String sentence) throws Exception {
    catalogue.update(Map.of(FILE, LAMP));

    assertThat(judge(data)).containsExactly(sentence);
    if (!data.contains("schema_version")) {
      assertThat(schema("lamp.lit").firstViolation(JSON.readTree(data)))
          .extracting(Violation::sentence)
          .containsExactly(sentence);
    }
  }

  @Test
  void aViolationHasNoValueOfTheData() throws Exception {
    catalogue.update(
        Map.of(
            FILE,
            LAMP.replace("\"integer\"", "\"string\", \"pattern\": \"^[0-9]+$\", \"enum\": [\"7\"]")
                .replace("\"watts\": 7", "\"watts\": \"7\"")));

    assertThat(judge("{\"id\": \"a\", \"watts\": \"hunter2\"}"))
        .isNotEmpty()
        .allSatisfy(sentence -> assertThat(sentence).doesNotContain("hunter2"));
  }

  @Test
  void dataIsJudgedByTheVersionThatItNamesElseByTheOldest() throws Exception {
    String second = LAMP.replace("[\"id\"]", "[\"id\", \"watts\"]");
    catalogue.update(Map.of(FILE, LAMP, FILE.replace("/1.", "/2."), second));

    assertThat(judge("{\"id\": \"a\"}")).isEmpty();
    assertThat(judge("{\"id\": \"a\", \"schema_version\": 1}")).isEmpty();
    assertThat(judge("{\"id\": \"a\", \"schema_version\": 2}")).hasSize(1);
  }

  @Test
  void ofManyViolationsSomeAreTold() throws Exception {
    catalogue.update(
        Map.of(
            FILE, LAMP.replace("\"required\"", "\"additionalProperties\": false, \"required\"")));
    Map<String, Integer> members = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      members.put("member-" + i, i);
    }

    assertThat(judge(JSON.writeValueAsString(members))).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"title\": \"Lamp lit\", | | It has no 'title'",
        "\"minimum\": 1 | \"minimum\": \"one\" | It is no JSON Schema: '/properties/watts/minimum'",
        "\"type\": \"object\" | \"type\": \"objekt\" | It is no JSON Schema: '/type'",
        "\"minimum\": 1 | \"minimun\": 1 | minimun",
        "\"watts\": 7 | \"watts\": 0 | Its example 1 does not fit: '/watts' is an integer",
        "\"examples\": [{\"id\": \"l1\", \"watts\": 7}] | \"examples\": [] | It has no 'examples'",
        "\"type\": \"object\", | \"$ref\": \"../shared/none.json\", | 'schemas/shared/none.json',"
            + " which is no file",
        "\"type\": \"object\", | \"$ref\": \"http://127.0.0.1:1/s.json\", |"
            + " 'http://127.0.0.1:1/s.json', which is no file",
        "\"type\": \"object\", | \"$ref\": \"file:///etc/hosts\", | 'file:///etc/hosts', which is"
            + " no file",
        "\"type\": \"object\", | \"$schema\": \"http://json-schema.org/draft-07/schema#\", |"
            + " '$schema' is",
        "\"type\": \"object\", | \"type\": \"object\" | It is no JSON: ",
        "\"title\": | \"title\": \"twice\", \"title\": | It is no JSON: Duplicate field",
      })
  void aFileThatIsNoSchemaIsNamedWithTheReason(String part, String instead, String problem) {
    catalogue.update(Map.of(FILE, LAMP.replace(part, instead == null ? "" : instead)));

    assertThat(catalogue.types()).isEmpty();
    assertThat(catalogue.problems())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.file()).isEqualTo(FILE);
              assertThat(found.message()).contains(problem);
            });
  }

  @Test
  void aFileInAWrongPlaceIsNamed() {
    for (String file :
        List.of(
            "schemas/lamp.lit.schema.json",
            "schemas/lamp.lit/v1.schema.json",
            "schemas/lamp.lit/0.schema.json",
            "schemas/lamp.*/1.schema.json",
            "schemas/a/lamp.lit/1.schema.json")) {
      Catalogue other = new Catalogue();
      other.update(Map.of(file, LAMP));
      assertThat(other.problems()).extracting(SchemaProblem::file).containsExactly(file);
    }
  }

  @Test
  void aFileThatBreaksLeavesWhatItWasAndAllOthers() throws Exception {
    String other = "schemas/lamp.sold/1.schema.json";
    catalogue.update(Map.of(FILE, LAMP, other, LAMP));

    catalogue.update(Map.of(FILE, "{", other, LAMP.replace("\"id\": \"l1\"", "\"id\": \"l2\"")));

    assertThat(catalogue.problems()).extracting(SchemaProblem::file).containsExactly(FILE);
    assertThat(judge("{}")).hasSize(1);
    assertThat(schema("lamp.sold").examples().getFirst().path("id").asText()).isEqualTo("l2");

    catalogue.update(Map.of(FILE, LAMP.replace("[\"id\"]", "[]")));

    assertThat(catalogue.problems()).isEmpty();
    assertThat(judge("{}")).isEmpty();
    assertThat(catalogue.types()).doesNotContainKey("lamp.sold");
  }

  private EventSchema schema(String type) {
    return Objects.requireNonNull(catalogue.versions(type)).firstEntry().getValue();
  }

  private List<String> judge(String data) throws Exception {
    JsonNode tree = JSON.readTree(data);
    return catalogue.judge("lamp.lit", tree).orElseThrow().violations().stream()
        .map(Violation::sentence)
        .toList();
  }
}
