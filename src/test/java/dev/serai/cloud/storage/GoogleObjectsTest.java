package dev.serai.cloud.storage;

import dev.serai.TestHub;

/** Do the Kamelets that keep objects in Cloud Storage what all of them promise? */
class GoogleObjectsTest extends ObjectContract {

  @Override
  TestHub hub() {
    return StorageHub.shared();
  }
}
