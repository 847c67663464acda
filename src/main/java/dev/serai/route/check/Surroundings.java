package dev.serai.route.check;

import org.apache.camel.CamelContext;

/** What route files may refer to that stands in none of them. */
public interface Surroundings {

  /** Whether a placeholder of this name has a value. */
  boolean hasProperty(String name);

  boolean hasBean(String name);

  /** Those of a running hub. */
  static Surroundings of(CamelContext camel) {
    return new Surroundings() {
      @Override
      public boolean hasProperty(String name) {
        return camel.getPropertiesComponent().resolveProperty(name).isPresent();
      }

      @Override
      public boolean hasBean(String name) {
        return camel.getRegistry().lookupByName(name) != null;
      }
    };
  }
}
