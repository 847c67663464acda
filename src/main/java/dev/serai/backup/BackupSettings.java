package dev.serai.backup;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Backups of the database and of Redis. When they are made: {@code serai.jobs.database-backup},
 * {@code serai.jobs.redis-backup} and {@code serai.jobs.backup-verify}.
 *
 * @param partSize how many bytes of rows, before they are compressed, are one object; a row is
 *     never divided
 * @param pause how many times as long as it reads a backup of the database pauses, so that others
 *     get on, 0 to 100
 * @param scratchUrl JDBC URL, with user and password, of an empty database that backups are
 *     restored into to verify them. Empty: a new one on the hub's own server, which is dropped
 *     afterwards; its account needs the right CREATEDB for that.
 */
@Validated
@ConfigurationProperties("serai.backup")
record BackupSettings(
    @DefaultValue("64MB") DataSize partSize,
    @DefaultValue("1") @DecimalMin("0") @DecimalMax("100") double pause,
    @DefaultValue("") String scratchUrl) {}
