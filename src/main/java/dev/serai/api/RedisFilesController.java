package dev.serai.api;

import dev.serai.redis.backup.Backups;
import dev.serai.redis.backup.Restores;
import dev.serai.redis.backup.Restoring;
import dev.serai.redis.clean.Cleaner;
import dev.serai.redis.clean.Cleaning;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keys of Redis into a file and back, and what is left over there. */
@RestController
@RequestMapping("/api/v1/redis")
class RedisFilesController {

  private static final int MOST_REMOVED = 1_000_000;

  private final Backups backups;
  private final Restores restores;
  private final Cleaner cleaner;

  RedisFilesController(Backups backups, Restores restores, Cleaner cleaner) {
    this.backups = backups;
    this.restores = restores;
    this.cleaner = cleaner;
  }

  /**
   * Streams keys with their types and expiries, a JSON object a line, while others go on using
   * them: each as it was at one moment, not all at the same unless {@code at_once}. The last line
   * has the SHA-256 of all before it; without it the file is not whole. It has sessions in it: keep
   * it as a secret.
   *
   * @param pattern of the keys behind the hub's prefix, as SCAN takes it: {@code cache:*}
   * @param workspace the keys of this workspace, in place of a pattern
   * @param atOnce whether all are to be as they were at one moment: Redis does nothing else
   *     meanwhile, and there may be 10,000 at most
   */
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = "application/x-ndjson",
              schema = @Schema(type = "string", format = "binary")))
  @PostMapping("/backup")
  void backup(
      @RequestParam(required = false) @Nullable String pattern,
      @RequestParam(required = false) @Nullable String workspace,
      @RequestParam(name = "at_once", defaultValue = "false") boolean atOnce,
      HttpServletResponse response)
      throws IOException {
    Backups.Selection selection = backups.selection(pattern, workspace);
    try (Backups.Running backup = backups.begin(selection)) {
      response.setContentType("application/x-ndjson");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Content-Disposition", "attachment; filename=\"redis-backup.ndjson\"");
      if (atOnce) {
        backup.writeAtOnce(response.getOutputStream());
      } else {
        backup.write(response.getOutputStream());
      }
    }
  }

  /**
   * Brings the keys of a backup back, after all of it was looked at: of one that is damaged or cut
   * off nothing is written.
   *
   * @param mode what becomes of keys that are there: {@code refuse}, nothing is written at all;
   *     {@code replace}; {@code skip}, they stay
   * @param from only keys that begin with this behind the hub's prefix; they begin with {@code to}
   *     afterwards
   * @param to see {@code from}
   * @param fromWorkspace only keys of this workspace; they belong to {@code to_workspace}
   *     afterwards
   * @param toWorkspace see {@code from_workspace}
   * @param renew whether a key lives as long from now on as it had left at the backup; else it
   *     expires when it would have
   * @param dryRun only look
   */
  @PostMapping("/restore")
  @RequestBody(
      description = "A backup",
      required = true,
      content =
          @Content(
              mediaType = "application/x-ndjson",
              schema = @Schema(type = "string", format = "binary")))
  Restored restore(
      @RequestParam(defaultValue = "refuse") String mode,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(name = "from_workspace", required = false) @Nullable String fromWorkspace,
      @RequestParam(name = "to_workspace", required = false) @Nullable String toWorkspace,
      @RequestParam(defaultValue = "false") boolean renew,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      HttpServletRequest request)
      throws IOException {
    Restoring how =
        new Restoring(
            Restoring.Mode.of(mode)
                .orElseThrow(
                    () ->
                        Problem.badRequest(
                            "Parameter 'mode' is '%s'; it must be refuse, replace or skip"
                                .formatted(mode))),
            Restoring.Renaming.of(from, to, fromWorkspace, toWorkspace),
            renew,
            dryRun);
    Restores.Restored result = restores.restore(request.getInputStream(), how);
    return new Restored(
        dryRun,
        result.keys(),
        result.restored(),
        result.existing(),
        result.expired(),
        result.others());
  }

  /**
   * Removes keys that nobody will come back for; each rule says which.
   *
   * @param dryRun only look
   * @param limit ends once it has removed so many, 1 to 1,000,000
   */
  @PostMapping("/clean")
  Cleaned clean(
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestParam(defaultValue = "10000") int limit) {
    if (limit < 1 || limit > MOST_REMOVED) {
      throw Problem.badRequest(
          "Parameter 'limit' is '%s'; it must be 1 to %s".formatted(limit, MOST_REMOVED));
    }
    Cleaning cleaning = cleaner.clean(dryRun, limit);
    return new Cleaned(
        cleaning.dryRun(),
        cleaning.scanned(),
        cleaning.complete(),
        cleaning.rules().stream()
            .map(found -> new Rule(found.rule(), found.meaning(), found.removed(), found.samples()))
            .toList());
  }

  /**
   * What became of a restoration.
   *
   * @param dryRun whether nothing was written
   * @param keys keys in the backup
   * @param restored those that were written, or would be
   * @param existing those that were there already and stayed
   * @param expired those whose time is over
   * @param others those that were not asked for
   */
  record Restored(
      boolean dryRun, long keys, long restored, long existing, long expired, long others) {}

  /**
   * What a cleaning found.
   *
   * @param dryRun whether nothing was removed
   * @param scanned keys that were looked at
   * @param complete false when the limit was reached before all were
   * @param rules what each rule found
   */
  record Cleaned(boolean dryRun, long scanned, boolean complete, List<Rule> rules) {}

  /**
   * What a rule found.
   *
   * @param rule its name
   * @param meaning what it removes
   * @param removed how many keys, or entries of lists, were removed, or would be
   * @param samples some of them
   */
  record Rule(String rule, String meaning, long removed, List<String> samples) {}
}
