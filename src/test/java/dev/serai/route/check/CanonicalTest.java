package dev.serai.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.yaml.LwModelToYAMLDumper;
import org.junit.jupiter.api.Test;

/** Does {@code --fix} change how a file is written, and never what it means? */
class CanonicalTest {

  private static final String SHORT =
      """
      # What it is for.
      # And why.
      - route:
          id: short
          from:
            uri: timer:tick?delay=1&period=5000
            steps:
              - setBody:
                  simple: "${body} it's: #1"
              - filter:
                  expression: {simple: "${body} != null"}
                  steps:
                    - to: log:filtered?level=OFF
              - setHeader:
                  name: a
                  constant: "true"
              - choice:
                  when:
                    - simple: "${header.a} == 'true'"
                      steps: [{to: {uri: "direct:one", id: x}}]
                  otherwise:
                    steps:
                      - to: mock:end
      """;

  @Test
  void theShortFormsBecomeTheLongOneAndMeanTheSame() throws Exception {
    Canonical.Rewritten fixed = Canonical.rewrite(RouteDocument.parse("a.camel.yaml", SHORT));

    assertThat(fixed.text())
        .startsWith("# What it is for.\n# And why.\n- route:\n    id: short\n")
        .contains("uri: timer:tick\n", "  period: '5000'", "uri: log:filtered\n")
        .doesNotContain("{simple", "[{");
    assertThat(fixed.changes()).hasSizeGreaterThan(6);
    assertThat(model(fixed.text())).isEqualTo(model(SHORT));
    assertThat(Canonical.rewrite(RouteDocument.parse("a.camel.yaml", fixed.text())).changes())
        .isEmpty();
  }

  @Test
  void aFileWithCommentsBelowItsFirstEntryIsLeftAlone() throws Exception {
    String text = SHORT.replace("    id: short", "    # kept\n    id: short");

    assertThat(Canonical.rewrite(RouteDocument.parse("a.camel.yaml", text)).text()).isEqualTo(text);
  }

  /** What Camel makes of it, with endpoints as the URIs that are called. */
  static String model(String yaml) throws Exception {
    try (CamelContext camel = new DefaultCamelContext()) {
      StringBuilder models = new StringBuilder();
      for (var builder :
          PluginHelper.getRoutesLoader(camel)
              .findRoutesBuilders(List.of(ResourceHelper.fromString("a.camel.yaml", yaml)))) {
        for (RouteDefinition route : ((RouteBuilder) builder).configureRoutes(camel).getRoutes()) {
          models.append(
              new LwModelToYAMLDumper().dumpModelAsYaml(camel, route, false, true, false, false));
        }
      }
      return models.toString();
    }
  }
}
