package dev.serai.cloud.storage;

import dev.serai.TestHub;

/** Do the Kamelets that keep objects in folders what all of them promise? */
class LocalObjectsTest extends ObjectContract {

  @Override
  TestHub hub() {
    return TestHub.shared();
  }
}
