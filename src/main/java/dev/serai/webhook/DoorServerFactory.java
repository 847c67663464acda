package dev.serai.webhook;

import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;

/**
 * Tomcat with a context of its own for webhooks, beside that of the API: none of the filters that
 * the API needs (security, observation, encoding) lies in the way of a webhook or reads its body.
 */
final class DoorServerFactory extends TomcatServletWebServerFactory {

  private final DoorServlet servlet;

  DoorServerFactory(DoorServlet servlet) {
    this.servlet = servlet;
  }

  @Override
  protected TomcatWebServer getTomcatWebServer(Tomcat tomcat) {
    Context context = tomcat.addContext("/webhooks", null);
    context.setParentClassLoader(getClass().getClassLoader());
    Tomcat.addServlet(context, servlet.name(), servlet).setLoadOnStartup(1);
    context.addServletMappingDecoded("/*", servlet.name());
    return super.getTomcatWebServer(tomcat);
  }
}
