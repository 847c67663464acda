package dev.serai.cloud;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where HTTP sinks may post to, and how much of an answer is kept.
 *
 * @param allow hosts, addresses and ranges (10.20.0.0/16), separated by commas, that sinks may
 *     reach although they are not public; a host is then also free in its scheme and port
 * @param ports the ports that sinks may connect to; 443 and 8443, if none is set. The usual port of
 *     the scheme is always one of them
 * @param plainHttp whether sinks may post over http, unencrypted, to hosts that are not allowed by
 *     name
 * @param connectTimeout how long making a connection may take
 * @param maxResponse how much of a receiver's answer is read and kept
 */
@Validated
@ConfigurationProperties("serai.sinks")
record SinkSettings(
    @DefaultValue @NotNull List<String> allow,
    @DefaultValue({"443", "8443"}) @NotEmpty Set<Integer> ports,
    @DefaultValue("false") boolean plainHttp,
    @DefaultValue("5s") @NotNull Duration connectTimeout,
    @DefaultValue("16KB") @NotNull DataSize maxResponse) {}
