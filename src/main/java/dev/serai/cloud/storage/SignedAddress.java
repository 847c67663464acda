package dev.serai.cloud.storage;

import java.util.Map;

/**
 * An address that opens one object.
 *
 * @param address a secret for as long as it is good
 * @param headers what must be sent with it, because it was signed with it
 */
record SignedAddress(String address, Map<String, String> headers) {

  /** Nothing that opens anything. */
  @Override
  public String toString() {
    return "SignedAddress[***]";
  }
}
