// What is heard at a time of the clock. Some outputs, wireless ones above all,
// let the sound out later than they say; by how much, the listener tells.

/** Milliseconds of the episode that a delay in milliseconds of the day takes. */
export const lagOf = (delay, rate) => Math.round(delay * rate);

/**
 * Where the sound that runs is heard to be. Where it last began to run nothing
 * earlier can be heard: until the sound has caught up, it is held to be there.
 * @param lag ms by which it is heard later than the clock says
 * @param from where the sound last began to run
 */
export const heardAt = (clock, lag, from) => (lag ? Math.max(from, clock - lag) : clock);
