package dev.serai.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.serai.TestHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What do verifying and reading a webhook cost, beside Stripe's library? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerifyBenchmark {

  private final Secret secret = new Secret("whsec_0123456789abcdef0123456789abcdef", null);
  private final StripeV1 scheme = new StripeV1();
  private final Instant now = Instant.now();
  private final byte[] body;
  private final String text;
  private final String header;
  private final SignedRequest request;
  private final Pointers pointers =
      new Pointers(
          List.of("/type", "/id", "/data/object/id", "/created", "/object"),
          List.of("/pending_webhooks"));
  private final ObjectMapper jackson = new ObjectMapper();

  /** Reads a recorded invoice. */
  public VerifyBenchmark() {
    try {
      body = TestHub.bytes("fixtures/stripe/07-invoice.paid.json");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    text = new String(body, StandardCharsets.UTF_8);
    header = scheme.sign(body, secret, now).values().iterator().next();
    request = SignedRequest.of(Map.of("Stripe-Signature", List.of(header)), body);
  }

  /** The signature over the raw bytes. */
  @Benchmark
  public Object verify() throws RefusedException {
    return scheme.verify(request, List.of(secret), now, Duration.ofMinutes(5));
  }

  /** Each scheme over the same bytes, which PhonePe's first one gets wrapped. */
  @State(Scope.Benchmark)
  public static class Signed {
    /** The scheme. */
    @Param({
      "stripe-v1",
      "standard-webhooks",
      "phonepe-v1",
      "phonepe-v2-sha",
      "phonepe-v2-hmac",
      "shared-secret"
    })
    public String name = "";

    private Scheme scheme = new StripeV1();
    private SignedRequest request = SignedRequest.of(Map.of(), new byte[0]);
    private List<Secret> secrets = List.of();

    /** Signs the recorded invoice. */
    @Setup
    public void sign() throws IOException {
      scheme = Schemes.named(name);
      Secret key = new Secret(scheme.newSecret(), null);
      secrets = List.of(key);
      byte[] body = scheme.wrap(TestHub.bytes("fixtures/stripe/07-invoice.paid.json"));
      Map<String, List<String>> headers = new TreeMap<>();
      scheme
          .sign(body, key, Instant.now())
          .forEach((header, value) -> headers.put(header, List.of(value)));
      request = SignedRequest.of(headers, body);
    }
  }

  /** The verification of one scheme. */
  @Benchmark
  public Object verifyBy(Signed signed) throws RefusedException {
    return signed.scheme.verify(
        signed.request, signed.secrets, Instant.now(), Duration.ofMinutes(5));
  }

  /** The same by Stripe's library, which works on a text. */
  @Benchmark
  public Object verifyByStripeJava() throws SignatureVerificationException {
    return Webhook.Signature.verifyHeader(
        new String(body, StandardCharsets.UTF_8),
        header,
        "whsec_0123456789abcdef0123456789abcdef",
        300);
  }

  /** One pass over the body: well-formed, values of the pointers. */
  @Benchmark
  public Object envelope() throws EnvelopeException {
    return Envelope.read(body, pointers, false);
  }

  /** The same pass with the hash that tells a copy from a conflict. */
  @Benchmark
  public Object envelopeHashed() throws EnvelopeException {
    return Envelope.read(body, pointers, true);
  }

  /** The body as a tree, for comparison. */
  @Benchmark
  public Object tree() throws IOException {
    return jackson.readTree(text);
  }
}
