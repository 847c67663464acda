package dev.serai;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The hub: routes, their engine and the HTTP surface in one process. */
@SpringBootApplication
@EnableScheduling
public class Hub {

  /** Starts the hub and returns when it is ready. */
  public static void main(String[] args) {
    SpringApplication.run(Hub.class, args);
  }
}
