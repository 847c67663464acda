package dev.serai.cloud.storage;

import dev.serai.TestHub;

/** And what do they see whose objects are in Cloud Storage? */
class GoogleObjectRacesTest extends ObjectRacesTest {

  @Override
  TestHub hub() {
    return StorageHub.shared();
  }
}
