package dev.serai.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The door's limits.
 *
 * @param maxBody largest body of a request; a source may set its own
 * @param inFlight most memory for the bodies of all requests under way; beyond it they get 503
 * @param tolerance how far the time of signing may be from the hub's, in both directions
 * @param trustedProxies addresses and ranges (10.0.0.0/8) of the proxies before this hub, separated
 *     by commas. What they say in X-Forwarded-For is believed, and the last address there that is
 *     none of theirs is the sender's
 * @param rate most requests a second of each source on one hub, twice as many at once; a source may
 *     set its own; 0 for any number
 * @param rateScope whether a rate is that of each {@code hub}, or of the {@code cluster}: all hubs
 *     together, counted in Redis, and by each hub alone while Redis is away
 * @param warmUp how long requests are rehearsed at start before the hub is ready, so that the first
 *     real ones are quick; 0s for not at all, which is the default in development
 */
@Validated
@ConfigurationProperties("serai.webhooks")
record WebhookSettings(
    @DefaultValue("1MB") @NotNull DataSize maxBody,
    @DefaultValue("64MB") @NotNull DataSize inFlight,
    @DefaultValue("5m") @NotNull Duration tolerance,
    @DefaultValue @NotNull List<String> trustedProxies,
    @DefaultValue("0") @Min(0) @Max(SourceRate.MAX) int rate,
    @DefaultValue("hub") @NotNull RateScope rateScope,
    @DefaultValue("5s") @NotNull Duration warmUp) {}
