import type { Directory } from '../directory';
import { nameLikeness, nameWords } from './nameLikeness';
import { bareName, spellingSlips } from './spellingSlips';
import { nameOf, type Signal } from './ownerSignals';
import type { ComponentFacts } from './types';

/**
 * Groups whose names are alike to that of an owner or of the component.
 *
 * @internal
 */
export function namingSignals(
  facts: ComponentFacts,
  directory: Directory,
): Signal[] {
  return [
    ...likeSignals(facts, directory),
    ...misspeltSignals(facts, directory),
  ];
}

function likeSignals(facts: ComponentFacts, directory: Directory): Signal[] {
  const former = facts.owners.map(({ ref }) => ({
    name: nameOf(ref),
    words: nameWords(nameOf(ref)),
  }));
  const own = nameWords(nameOf(facts.entityRef));
  const named = groupsNamed(
    [own, ...former.map(other => other.words)].flatMap(each => [...each]),
    directory,
  );
  return [...named].flatMap(({ ref, words }) => {
    const namesake = former.find(
      other => nameLikeness(words, other.words) >= 0.8,
    );
    const likeness = nameLikeness(words, own);
    return [
      ...(namesake
        ? [
            {
              kind: 'owner-name' as const,
              ref,
              weight: 0.6 * nameLikeness(words, namesake.words),
              reason: `its name is close to ${namesake.name}, which is named as owner`,
            },
          ]
        : []),
      ...(likeness >= 0.4
        ? [
            {
              kind: 'component-name' as const,
              ref,
              weight: 0.3 * likeness,
              reason: 'its name is in the name of the component',
            },
          ]
        : []),
    ];
  });
}

/** Groups that an owner who is not there may be meant to be. */
function misspeltSignals(
  { owners }: ComponentFacts,
  directory: Directory,
): Signal[] {
  return owners
    .filter(({ ref }) => !directory.get(ref))
    .flatMap(owner => {
      const name = nameOf(owner.ref);
      return groupsSpelt(name, directory).map(({ ref, slips }) => ({
        kind: 'owner-name' as const,
        ref,
        weight: 0.6 - 0.1 * slips,
        reason: `its name is close to ${name}, which is named as owner`,
      }));
    });
}

interface GroupName {
  ref: string;
  words: ReadonlySet<string>;
  letters: string;
}

interface GroupNames {
  all: GroupName[];
  byWord: ReadonlyMap<string, GroupName[]>;
}

/** A directory does not change, and a scan asks for each of its orphans. */
const namesByDirectory = new WeakMap<Directory, GroupNames>();

function namesOf(directory: Directory): GroupNames {
  let names = namesByDirectory.get(directory);
  if (!names) {
    names = readNames(directory);
    namesByDirectory.set(directory, names);
  }
  return names;
}

function readNames(directory: Directory): GroupNames {
  const all: GroupName[] = [];
  const byWord = new Map<string, GroupName[]>();
  for (const { kind, ref } of directory.principals()) {
    if (kind !== 'group') {
      continue;
    }
    const name = nameOf(ref);
    const group = { ref, words: nameWords(name), letters: bareName(name) };
    all.push(group);
    for (const word of group.words) {
      const groups = byWord.get(word) ?? [];
      groups.push(group);
      byWord.set(word, groups);
    }
  }
  return { all, byWord };
}

/** The groups with any of these words in their names: no other is alike. */
function groupsNamed(
  words: Iterable<string>,
  directory: Directory,
): Set<GroupName> {
  const { byWord } = namesOf(directory);
  const named = new Set<GroupName>();
  for (const word of words) {
    byWord.get(word)?.forEach(group => named.add(group));
  }
  return named;
}

interface SpeltGroup {
  ref: string;
  slips: number;
}

/** A wrong name is asked for by all that bear it, and may be by thousands. */
const spellingsByDirectory = new WeakMap<
  Directory,
  Map<string, SpeltGroup[]>
>();

function groupsSpelt(name: string, directory: Directory): SpeltGroup[] {
  const spellings =
    spellingsByDirectory.get(directory) ?? new Map<string, SpeltGroup[]>();
  spellingsByDirectory.set(directory, spellings);
  let groups = spellings.get(name);
  if (!groups) {
    const letters = bareName(name);
    const words = nameWords(name);
    groups = namesOf(directory).all.flatMap(group => {
      const slips = spellingSlips(letters, group.letters);
      // What is alike by its words is found by them.
      return slips === undefined || nameLikeness(words, group.words) >= 0.8
        ? []
        : [{ ref: group.ref, slips }];
    });
    spellings.set(name, groups);
  }
  return groups;
}
