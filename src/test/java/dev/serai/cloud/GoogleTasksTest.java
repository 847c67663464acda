package dev.serai.cloud;

import dev.serai.TestHub;

/** Do tasks do what routes rely on when Cloud Tasks sends them? */
class GoogleTasksTest extends TaskContract {

  @Override
  TestHub hub() {
    return TaskHub.shared();
  }
}
