package dev.serai.webhook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the envelopes of a source's verified bodies, by the rule of its scheme. */
final class SourceEnvelope {

  private final Scheme scheme;
  private final Pointers pointers;

  /**
   * @param wanted pointers to values that the source uses
   * @param ignored pointers to values that don't tell two bodies apart
   * @throws IllegalArgumentException naming the pointer that is none
   */
  SourceEnvelope(Scheme scheme, Collection<String> wanted, Collection<String> ignored) {
    this.scheme = scheme;
    List<String> all = new ArrayList<>(scheme.envelopePointers());
    all.addAll(wanted);
    this.pointers = new Pointers(all, ignored);
  }

  /**
   * @param hashed whether the hash will be asked for
   * @throws RefusedException when the body is no event of this provider
   */
  Envelope read(byte[] body, boolean hashed) throws RefusedException {
    try {
      Envelope envelope = Envelope.read(scheme.payload(body), pointers, hashed);
      Optional<String> problem = scheme.envelopeProblem(envelope);
      if (problem.isPresent()) {
        throw new RefusedException(Cause.ENVELOPE, problem.get());
      }
      return envelope;
    } catch (EnvelopeException e) {
      throw new RefusedException(Cause.ENVELOPE, e.problem());
    }
  }
}
