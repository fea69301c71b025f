/**
 * The accepted word a mistyped one was most likely meant to be, or `undefined`
 * if none is near: at most a third of the letters may differ. Case and the
 * separators `-`, `_` and blank do not count.
 *
 * @internal
 */
export function closestWord(options: {
  word: string;
  accepted: Iterable<string>;
}): string | undefined {
  const word = bare(options.word).slice(0, 60);
  let closest: string | undefined;
  let closestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of options.accepted) {
    const distance = editDistance(word, bare(candidate));
    if (distance < closestDistance) {
      closest = candidate;
      closestDistance = distance;
    }
  }
  return closest;
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}

/**
 * In how many letters two words differ: optimal string alignment distance, with
 * insert, delete, replace and swap of neighbours.
 *
 * @internal
 */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(replaced, previous[j] + 1, current[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
      }
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length];
}
