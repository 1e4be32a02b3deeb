/** Length above which a run counts as diverged, unless it says another. */
export const LENGTH_BOUND = 1e6;
