import { wholePercent } from './wholePercent';

describe('wholePercent', () => {
  it.each([
    [0.57, 0.57],
    [0.29, 0.29],
    [0.999, 0.99],
    [1, 1],
    [-0.002, -0.01],
    [-1.5, -1.5],
    [0, 0],
  ])('takes %d for %d', (ratio, whole) => {
    expect(wholePercent(ratio)).toBe(whole);
  });
});
