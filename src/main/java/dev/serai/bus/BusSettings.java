package dev.serai.bus;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deliveries share the machine with requests.
 *
 * @param yieldAbove deliveries give way while more appends than this wait for their commit, as a
 *     mean over a tenth of a second
 * @param floor deliveries a second that this hub claims however many appends wait
 */
@Validated
@ConfigurationProperties("serai.bus")
record BusSettings(
    @DefaultValue("8") @Min(1) int yieldAbove, @DefaultValue("500") @Min(1) int floor) {}
