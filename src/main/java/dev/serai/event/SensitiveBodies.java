package dev.serai.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts the bodies of sensitive events on their way into the log, and decrypts them for whoever
 * may see them: AES-256-GCM with a random nonce, bound to the id of the event.
 *
 * <p>What is stored is a 1, the length of the key's id, the key's id, the nonce, and the ciphertext
 * with its tag. An empty body is one that was erased.
 */
public final class SensitiveBodies {

  private static final Logger log = LoggerFactory.getLogger(SensitiveBodies.class);
  private static final byte FORMAT = 1;
  private static final int HEAD = 2;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Supplier<EncryptionKeys> source;
  private final SecureRandom random = new SecureRandom();
  private volatile @Nullable EncryptionKeys known;

  /**
   * @param source asked once, when the first key is needed
   */
  SensitiveBodies(Supplier<EncryptionKeys> source) {
    this.source = source;
  }

  /**
   * Says so at once when there is no key, before anything is promised.
   *
   * @throws SensitiveBodyException naming the property
   */
  public void requireKey() {
    if (keys().all().isEmpty()) {
      throw new SensitiveBodyException(
          SensitiveBodyException.Reason.NO_KEY,
          "There is no key to encrypt sensitive bodies with; set "
              + EncryptionKeys.PROPERTY
              + " to <id>:<base64 of 32 bytes>");
    }
  }

  private synchronized EncryptionKeys keys() {
    EncryptionKeys keys = known;
    if (keys == null) {
      keys = source.get();
      known = keys;
    }
    return keys;
  }

  /** What is stored of a body. */
  byte[] seal(UUID event, byte[] body) {
    requireKey();
    EncryptionKeys.Key key = keys().all().getFirst();
    byte[] id = key.id().getBytes(StandardCharsets.US_ASCII);
    byte[] head =
        ByteBuffer.allocate(HEAD + id.length).put(FORMAT).put((byte) id.length).put(id).array();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, head, event).doFinal(body);
      return ByteBuffer.allocate(head.length + NONCE + sealed.length)
          .put(head)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A body could not be encrypted", e);
    }
  }

  /**
   * The body of which this was stored.
   *
   * @throws SensitiveBodyException when it can't be had
   */
  public byte[] open(UUID event, byte[] stored) {
    if (stored.length == 0) {
      throw new SensitiveBodyException(
          SensitiveBodyException.Reason.ERASED,
          "The body of this sensitive event was erased after its deliveries");
    }
    int start = stored.length < HEAD ? HEAD : HEAD + (stored[1] & 0xFF);
    if (stored[0] != FORMAT || stored.length < start + NONCE + TAG_BITS / Byte.SIZE) {
      throw damaged();
    }
    String id = new String(stored, HEAD, start - HEAD, StandardCharsets.US_ASCII);
    EncryptionKeys.Key key = keys().find(id).orElseThrow(() -> missing(id));
    byte[] head = ByteBuffer.allocate(start).put(stored, 0, start).array();
    try {
      return cipher(Cipher.DECRYPT_MODE, key, stored, start, head, event)
          .doFinal(stored, start + NONCE, stored.length - start - NONCE);
    } catch (AEADBadTagException e) {
      throw damaged();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A body could not be decrypted", e);
    }
  }

  /** The same, or nothing, for whoever can do without. */
  Optional<byte[]> opened(UUID event, byte[] stored) {
    try {
      return Optional.of(open(event, stored));
    } catch (SensitiveBodyException e) {
      log.debug("Event {}: {}", event, e.getMessage());
      return Optional.empty();
    }
  }

  private static Cipher cipher(
      int mode, EncryptionKeys.Key key, byte[] nonce, int offset, byte[] head, UUID event)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE));
    cipher.updateAAD(head);
    cipher.updateAAD(
        ByteBuffer.allocate(16)
            .putLong(event.getMostSignificantBits())
            .putLong(event.getLeastSignificantBits())
            .array());
    return cipher;
  }

  private static SensitiveBodyException damaged() {
    return new SensitiveBodyException(
        SensitiveBodyException.Reason.DAMAGED,
        "The stored body is not what was encrypted for this event");
  }

  /** Only what looks like an id is repeated: the bytes may have been tampered with. */
  private static SensitiveBodyException missing(String id) {
    return new SensitiveBodyException(
        SensitiveBodyException.Reason.KEY_MISSING,
        "The body is encrypted with the key '%s', which is not in %s"
            .formatted(id.replaceAll("[^A-Za-z0-9_.-]", "?"), EncryptionKeys.PROPERTY));
  }
}
