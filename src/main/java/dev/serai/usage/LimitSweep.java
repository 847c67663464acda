package dev.serai.usage;

/**
 * How far a look at all limits is.
 *
 * @param month whose usage is looked at
 * @param workspace the only one to look at; all, if empty
 * @param last the workspace looked at last; empty before the first
 * @param checked how many workspaces were looked at
 * @param told how many events were emitted
 * @param more whether there may be others
 */
public record LimitSweep(
    String month, String workspace, String last, long checked, long told, boolean more) {}
