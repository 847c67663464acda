package dev.serai;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A whole hub in the test's process, with real PostgreSQL and Redis under {@code target/test-data}.
 */
public final class TestHub implements AutoCloseable {

  /** The secret of the source {@code stripe}. */
  public static final String STRIPE_SECRET = "whsec_test_of_the_hub_0123456789";

  /** A key of the API, an admin's. */
  public static final String API_KEY = "sk_test_of_the_hub_0123456789";

  /** The key of the operator {@code ci}. */
  public static final String OPERATOR_KEY = "sk_test_of_an_operator_0123456789";

  /** The key of the viewer {@code board}. */
  public static final String VIEWER_KEY = "sk_test_of_a_viewer_0123456789";

  /** A source whose bodies viewers don't see. */
  public static final String SENSITIVE_SOURCE = "one-time-codes";

  private static final Path ROOT = Path.of("target", "test-data").toAbsolutePath();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final ServletWebServerApplicationContext context;

  private TestHub(ServletWebServerApplicationContext context) {
    this.context = context;
  }

  private static final class Shared {
    // Nobody takes pings there: it is one of the troubles that alerts tell of.
    private static final TestHub HUB =
        start(Map.of("serai.jobs.pings", "heartbeat=http://127.0.0.1:9/nobody"));
  }

  /** One hub for all tests that need nothing special; it ends with the process. */
  public static TestHub shared() {
    return Shared.HUB;
  }

  private static final class Engine {
    private static final TestHub HUB =
        start(
            Map.of(
                "serai.jobs.queues.two.concurrency", "2",
                "serai.jobs.queues.two.per-workspace", "1"));
  }

  /** Another such hub, for tests of the engine: classes that use it are {@link EngineTurn}. */
  public static TestHub engine() {
    return Engine.HUB;
  }

  private static final class Edges {
    private static final TestHub HUB = start(Map.of());
  }

  /** Another, for tests that look into its folders: no other hub takes its deliveries. */
  public static TestHub edges() {
    return Edges.HUB;
  }

  /** Starts a hub of its own, with servers of its own unless the settings name others. */
  public static TestHub start(Map<String, String> settings) {
    Path data =
        ROOT.resolve(
            "hub-%s-%s".formatted(ProcessHandle.current().pid(), NUMBER.getAndIncrement()));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("serai.env", "dev");
    all.put("serai.data.dir", data.toString());
    all.put("serai.embedded.binaries-dir", ROOT.resolve("bin").toString());
    all.put(
        "serai.api.keys",
        "%s, ci:operator:%s, board:viewer:%s".formatted(API_KEY, OPERATOR_KEY, VIEWER_KEY));
    all.put("serai.api.sensitive-sources", SENSITIVE_SOURCE);
    all.put("SERAI_STRIPE_SECRETS", STRIPE_SECRET);
    all.put("serai.supabase.blocked-domains", "blocked.example");
    all.put("serai.sinks.allow", "127.0.0.1");
    // Each hour in between would take away what a test has put there.
    all.put("serai.jobs.event-retention", "0 0 29 2 *");
    all.put("serai.jobs.expired-sessions", "0 0 29 2 *");
    // Else each webhook of a test had a delivery more.
    all.put("serai.archive.types", "nothing");
    all.put("server.port", "0");
    all.put("logging.level.root", "warn");
    all.putAll(settings);
    String[] arguments =
        all.entrySet().stream()
            .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
            .toArray(String[]::new);
    return new TestHub(
        (ServletWebServerApplicationContext) SpringApplication.run(Hub.class, arguments));
  }

  /** Starts another hub on this one's database and Redis. */
  public TestHub another(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String name :
        List.of(
            "serai.database.url",
            "serai.database.user",
            "serai.database.password",
            "serai.redis.url")) {
      String value = context.getEnvironment().getProperty(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    all.putAll(settings);
    return start(all);
  }

  public int port() {
    return context.getWebServer().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public String setting(String name) {
    return context.getEnvironment().getRequiredProperty(name);
  }

  public Path data() {
    return Path.of(setting("serai.data.dir"));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** For a type of which there are several. */
  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public CamelContext camel() {
    return context.getBean(CamelContext.class);
  }

  /** The database, through the pool that handlers use. */
  public JdbcClient database() {
    return JdbcClient.create(context.getBean("dataSource", DataSource.class));
  }

  /** A pool of the caller's own, with the account of the handlers. */
  public HikariDataSource connections(int most) throws SQLException {
    HikariDataSource known = bean(DataSource.class).unwrap(HikariDataSource.class);
    HikariDataSource connections = new HikariDataSource();
    connections.setJdbcUrl(known.getJdbcUrl());
    connections.setUsername(known.getUsername());
    connections.setPassword(known.getPassword());
    connections.setMaximumPoolSize(most);
    return connections;
  }

  /** Loads routes as a file would; closing what it returns takes them away. */
  public Routes routes(String yaml) throws Exception {
    CamelContext camel = camel();
    List<String> before = camel.getRoutes().stream().map(Route::getRouteId).toList();
    Resource file =
        ResourceHelper.fromString("test-%s.camel.yaml".formatted(NUMBER.getAndIncrement()), yaml);
    PluginHelper.getRoutesLoader(camel).loadRoutes(file);
    List<String> added =
        new ArrayList<>(camel.getRoutes().stream().map(Route::getRouteId).toList());
    added.removeAll(before);
    return () -> {
      // The routes of Kamelets are made before those that use them, which would wait for them.
      for (String id : added.reversed()) {
        camel.getRouteController().stopRoute(id);
        camel.removeRoute(id);
      }
    };
  }

  /** Routes of a test. */
  public interface Routes extends AutoCloseable {
    @Override
    void close() throws Exception;
  }

  @Override
  public void close() {
    context.close();
  }

  /** A file of the test's resources. */
  public static String resource(String path) throws IOException {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  /** The bytes of a file of the test's resources. */
  public static byte[] bytes(String path) throws IOException {
    return Files.readAllBytes(Path.of("src", "test", "resources", path));
  }
}
