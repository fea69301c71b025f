import type { Knex } from 'knex';
import { inSlices } from '../store/inSlices';
import { Digest, type DigestEntry, type DigestMessage } from './Digest';
import { readDueMoments } from './readDueMoments';
import { readStanding } from './readStanding';

/**
 * Messages as they are true now: what earlier scans gathered may be mended or
 * put off meanwhile. A finding counts once, as what it was first. Who has
 * nothing left to hear of is left out.
 */
export async function bringUpToDate(options: {
  knex: Knex;
  messages: DigestMessage[];
  now: Date;
}): Promise<DigestMessage[]> {
  const { knex, messages } = options;
  const now = options.now.toISOString();
  const digest = new Digest();

  const told = kindsByFinding(messages);
  for (const ids of inSlices([...told.keys()], 1000)) {
    for (const { id, ownerRefs, ...content } of await readStanding({
      ...{ knex, ids },
    })) {
      for (const [recipient, kind] of told.get(id) ?? []) {
        digest.add({
          recipients: [recipient],
          findingId: id,
          entry: { kind, ...content },
          ownerRefs,
        });
      }
    }
  }

  const due = messages.flatMap(({ about }) => about?.due ?? []);
  const moments = await readDueMoments({ knex, entries: due });
  for (const { recipient, about } of messages) {
    for (const entry of about?.due ?? []) {
      const { kind, id, at } = entry;
      if (at > now && moments[kind].get(id) === at) {
        digest.addDue(recipient, entry);
      }
    }
  }

  // Of what an older version kept nobody can tell.
  messages.filter(({ about }) => !about).forEach(m => digest.addMessage(m));
  return digest.messages();
}

/** As what each finding is told of, by recipient. */
function kindsByFinding(
  messages: DigestMessage[],
): Map<string, Map<string, DigestEntry['kind']>> {
  const told = new Map<string, Map<string, DigestEntry['kind']>>();
  for (const { recipient, about } of messages) {
    for (const { id, kind } of about?.findings ?? []) {
      const kinds = told.get(id) ?? new Map<string, DigestEntry['kind']>();
      kinds.set(recipient, kinds.get(recipient) ?? kind);
      told.set(id, kinds);
    }
  }
  return told;
}
