package dev.serai.route.check;

/** A file is no YAML, or not the YAML of routes. */
public final class InvalidYamlException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Finding finding;

  InvalidYamlException(Finding finding) {
    super(finding.message());
    this.finding = finding;
  }

  /** Where and why. */
  public Finding finding() {
    return finding;
  }
}
