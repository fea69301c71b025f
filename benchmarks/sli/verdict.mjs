/**
 * Prints measured figures beside their budgets and makes the run fail where
 * one is missed.
 */
export function verdict(rows) {
  for (const { what, seen, most, least } of rows) {
    const kept =
      (most === undefined || seen <= most) &&
      (least === undefined || seen >= least);
    const shown = Number.isInteger(seen) ? seen : seen.toPrecision(3);
    const asked = most ?? least;
    console.log(
      `${
        asked === undefined ? 'seen  ' : kept ? 'kept  ' : 'MISSED'
      }  ${what}: ${shown}${
        asked === undefined
          ? ''
          : ` (${most === undefined ? 'at least' : 'at most'} ${asked})`
      }`,
    );
    if (!kept) {
      process.exitCode = 1;
    }
  }
}
