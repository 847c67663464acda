package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Is a body read whole or refused, and is its memory always given back? */
class BodyReaderTest {

  private static final int AMPLE = 1_000_000;

  @Property
  void aBodyUpToTheLimitIsReadAndALongerOneRefused(
      @ForAll @IntRange(max = 40_000) int length,
      @ForAll @IntRange(min = 1, max = 40_000) int limit,
      @ForAll @IntRange(min = 1, max = 9_000) int packet,
      @ForAll boolean announced)
      throws Exception {
    check(length, limit, packet, announced);
  }

  @Property
  void theLimitIsMeantToTheByte(
      @ForAll @IntRange(min = 1, max = 20_000) int limit,
      @ForAll @IntRange(min = -1, max = 1) int more,
      @ForAll @IntRange(min = 1, max = 9_000) int packet,
      @ForAll boolean announced)
      throws Exception {
    check(limit + more, limit, packet, announced);
  }

  private static void check(int length, int limit, int packet, boolean announced) throws Exception {
    BodyReader reader = new BodyReader(AMPLE);
    byte[] sent = bytes(length);
    try (BodyReader.Body body =
        reader.read(new Packets(sent, packet), announced ? length : -1, limit)) {
      assertThat(length).isLessThanOrEqualTo(limit);
      assertThat(body.bytes()).isEqualTo(sent);
      assertThat(reader.taken()).isBetween((long) length, Math.max(length * 2L, 8_192L) + 1);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().cause()).isEqualTo(Cause.TOO_LARGE);
      assertThat(length).isGreaterThan(limit);
    }
    assertThat(reader.taken()).isZero();
  }

  @Property
  void aBodyThatEndsEarlyIsRefusedAndItsMemoryGivenBack(
      @ForAll @IntRange(max = 20_000) int length,
      @ForAll @IntRange(min = 1, max = 9_000) int missing,
      @ForAll boolean broken)
      throws Exception {
    BodyReader reader = new BodyReader(AMPLE);
    InputStream in = new ByteArrayInputStream(bytes(length));

    assertRefused(
        reader,
        broken ? new SequenceInputStream(in, new Broken()) : in,
        length + missing,
        Cause.INCOMPLETE);
  }

  @Property
  void bodiesBeyondTheBudgetAreRefusedAndTheirMemoryGivenBack(
      @ForAll @IntRange(max = 20_000) int held,
      @ForAll @IntRange(max = 40_000) int length,
      @ForAll @IntRange(min = 20_000, max = 40_000) int budget,
      @ForAll boolean announced)
      throws Exception {
    BodyReader reader = new BodyReader(budget);
    BodyReader.Body other = reader.read(new ByteArrayInputStream(bytes(held)), held, AMPLE);
    try (BodyReader.Body body =
        reader.read(new ByteArrayInputStream(bytes(length)), announced ? length : -1, AMPLE)) {
      assertThat(held + length).isLessThanOrEqualTo(budget);
      assertThat(body.bytes()).hasSize(length);
    } catch (RefusedException refused) {
      assertThat(refused.refusal().cause()).isEqualTo(Cause.OVERLOADED);
    }
    assertThat(reader.taken()).isEqualTo(held);
    other.close();
    other.close();
    assertThat(reader.taken()).isZero();
  }

  private static void assertRefused(BodyReader reader, InputStream in, int announced, Cause cause)
      throws Exception {
    try (BodyReader.Body body = reader.read(in, announced, AMPLE)) {
      throw new AssertionError("It took %s bytes".formatted(body.bytes().length));
    } catch (RefusedException refused) {
      assertThat(refused.refusal().cause()).isEqualTo(cause);
    }
    assertThat(reader.taken()).isZero();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  /** Comes in packets, as from a network. */
  private static final class Packets extends ByteArrayInputStream {
    private final int size;

    Packets(byte[] bytes, int size) {
      super(bytes);
      this.size = size;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, size));
    }
  }

  /** A connection that breaks. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }
  }
}
