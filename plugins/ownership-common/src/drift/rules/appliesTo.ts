import type { FilterPredicate } from '@backstage/filter-predicates';

// What is asked of whom. A rule about something that runs is not asked of a
// library, and nobody is asked to write a contract for an experiment or for
// something that is on its way out. What is written down has to be right
// wherever it is: the rules about broken contracts have no such condition.

const WITHOUT_OPERATION = ['library', 'documentation'];
const TRIAL = ['experimental', 'prototype', 'sandbox'];

/**
 * Values of `spec.lifecycle` that announce the end.
 *
 * @internal
 */
export const endingLifecycles = [
  'deprecated',
  'retired',
  'end-of-life',
  'archived',
];

const components = (notLifecycles: string[]): FilterPredicate => ({
  $all: [
    { kind: 'Component' },
    { $not: { 'spec.type': { $in: WITHOUT_OPERATION } } },
    { $not: { 'spec.lifecycle': { $in: notLifecycles } } },
  ],
});

/**
 * Components that run, or soon will, for somebody: not trials.
 *
 * @internal
 */
export const runningComponents = components(TRIAL);

/**
 * Running components that are there to stay: worth writing something new for.
 *
 * @internal
 */
export const lastingComponents = components([...TRIAL, ...endingLifecycles]);
