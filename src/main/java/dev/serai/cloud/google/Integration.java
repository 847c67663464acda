package dev.serai.cloud.google;

/** A service of Google's that the hub uses; a bean of this kind is asked now and then. */
public interface Integration {

  /** The word for it in health: storage, warehouse, topics, tasks or secrets. */
  String name();

  /**
   * Asks the service for what the hub will need of it, cheaply and without changing anything.
   *
   * @throws Exception if it can't be used; the message names the resource, the permission and the
   *     property
   */
  void check() throws Exception;
}
