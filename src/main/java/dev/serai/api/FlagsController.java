package dev.serai.api;

import dev.serai.flag.Flag;
import dev.serai.flag.FlagAnswer;
import dev.serai.flag.Flags;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Feature flags: for whom something is on. */
@RestController
@RequestMapping("/api/v1/flags")
class FlagsController {

  private final Flags flags;
  private final Clock clock;

  FlagsController(Flags flags, Clock clock) {
    this.flags = flags;
    this.clock = clock;
  }

  /** Lists all flags by name. */
  @GetMapping
  FlagList list() {
    return new FlagList(flags.all());
  }

  /**
   * One flag.
   *
   * @param name the flag
   */
  @GetMapping("/{name}")
  Flag show(@PathVariable String name) {
    return flags.find(name).orElseThrow(() -> Problem.notFound("flag", name));
  }

  /**
   * Makes a flag, or replaces one whole. Every hub knows it within a second.
   *
   * @param name lower-case letters, digits, dots, dashes and underscores, 100 at most
   */
  @PutMapping("/{name}")
  Flag put(@PathVariable String name, @RequestBody FlagChange change) {
    Flag flag =
        Problem.checked(
            () ->
                new Flag(
                    name,
                    Objects.requireNonNullElse(change.description, ""),
                    change.enabled == null || change.enabled,
                    Objects.requireNonNullElse(change.percentage, BigDecimal.ZERO),
                    Objects.requireNonNullElse(change.users, Map.of()),
                    Objects.requireNonNullElse(change.workspaces, Map.of()),
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    Caller.because(null).who()));
    flags.put(flag);
    return flag;
  }

  /**
   * Takes a flag away; it is off for everybody then. Answers what it was.
   *
   * @param name the flag
   */
  @DeleteMapping("/{name}")
  Flag delete(@PathVariable String name) {
    Flag flag = show(name);
    flags.delete(name);
    return flag;
  }

  /**
   * Whether a flag is on for a user of a workspace, and why. A flag that isn't there is off.
   *
   * @param name the flag
   */
  @PostMapping("/{name}/evaluate")
  Evaluated evaluate(@PathVariable String name, @RequestBody Evaluation of) {
    Problem.checked(
        () -> {
          Flag.requireName(name);
          return name;
        });
    FlagAnswer answer = flags.evaluate(name, of.user, of.workspace);
    return new Evaluated(name, answer.on(), answer.reason().word());
  }

  /**
   * All flags.
   *
   * @param flags by name
   */
  record FlagList(List<Flag> flags) {}

  /**
   * What a flag shall be; what is missing has its default, not what it was before.
   *
   * @param description what it is for, at most 500 characters
   * @param enabled false: off for everybody, whatever else is set; true, if missing
   * @param percentage of users for whom it is on, 0 to 100 with at most two decimals; 0, if
   *     missing. When it grows, who had the flag keeps it
   * @param users on or off for single users by their ids, whatever the percentage is; at most 1000
   * @param workspaces the same for workspaces; what is said of the user counts before
   */
  record FlagChange(
      @Nullable String description,
      @Nullable Boolean enabled,
      @Nullable BigDecimal percentage,
      @Nullable Map<String, Boolean> users,
      @Nullable Map<String, Boolean> workspaces)
      implements Audited {

    @Override
    public Map<String, ?> auditParameters() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("description", description);
      shown.put("enabled", enabled);
      shown.put("percentage", percentage);
      shown.put("users", users == null ? null : users.size());
      shown.put("workspaces", workspaces);
      return shown;
    }
  }

  /**
   * For whom.
   *
   * @param user the user; nobody in particular, if missing: then the workspace has its own place in
   *     the percentage
   * @param workspace the workspace
   */
  record Evaluation(@Nullable String user, @Nullable String workspace) {}

  /**
   * Whether a flag is on.
   *
   * @param flag its name
   * @param on whether it is
   * @param reason what decided: unknown (there is no such flag), disabled, user, workspace or
   *     percentage
   */
  record Evaluated(String flag, boolean on, String reason) {}
}
