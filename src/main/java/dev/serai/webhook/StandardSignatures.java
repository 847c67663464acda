package dev.serai.webhook;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A parsed {@code webhook-signature}: a list divided by spaces, of which Supabase's Auth puts a
 * comma before each.
 *
 * @param symmetric those of version v1, HMAC-SHA256
 * @param asymmetric those of version v1a, Ed25519
 */
record StandardSignatures(List<byte[]> symmetric, List<byte[]> asymmetric) {

  private static final String V1 = "v1,";
  private static final String V1A = "v1a,";
  private static final int V1_BYTES = 32;
  private static final int V1A_BYTES = 64;

  /**
   * @throws RefusedException when none has a known version and the right form
   */
  static StandardSignatures parse(String header) throws RefusedException {
    List<byte[]> symmetric = new ArrayList<>();
    List<byte[]> asymmetric = new ArrayList<>();
    for (String part : header.split(" ", -1)) {
      String item = part.endsWith(",") ? part.substring(0, part.length() - 1) : part;
      if (item.startsWith(V1)) {
        add(symmetric, item.substring(V1.length()), V1_BYTES);
      } else if (item.startsWith(V1A)) {
        add(asymmetric, item.substring(V1A.length()), V1A_BYTES);
      }
    }
    if (symmetric.isEmpty() && asymmetric.isEmpty()) {
      throw SignatureHeader.malformed(
          "The webhook-signature has no signature 'v1,' or 'v1a,' in base64");
    }
    return new StandardSignatures(symmetric, asymmetric);
  }

  private static void add(List<byte[]> signatures, String text, int length) {
    try {
      byte[] signature = Base64.getDecoder().decode(text);
      if (signature.length == length) {
        signatures.add(signature);
      }
    } catch (IllegalArgumentException ignored) {
      // Another of the list may be right; one that is not base64 is none.
    }
  }

  /** Whether one of them is that of the bytes under this key. */
  boolean haveOne(StandardKey key, byte[] prefix, byte[] body) {
    boolean found = false;
    byte[] expected = key.sign(prefix, body);
    if (expected != null) {
      for (byte[] signature : symmetric) {
        found |= MessageDigest.isEqual(expected, signature);
      }
    } else {
      for (byte[] signature : asymmetric) {
        found |= key.verifies(signature, prefix, body);
      }
    }
    return found;
  }
}
