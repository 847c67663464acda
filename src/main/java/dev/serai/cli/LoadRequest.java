package dev.serai.cli;

/** A request of a load test, whole: head and body. */
record LoadRequest(byte[] bytes) {
  static final LoadRequest NONE = new LoadRequest(new byte[0]);
}
