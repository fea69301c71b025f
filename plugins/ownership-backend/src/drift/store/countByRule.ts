import {
  severityRank,
  severitySchema,
} from '@service-ownership/backstage-plugin-ownership-common';
import type { Knex } from 'knex';
import { isCounted } from './countSelected';
import type { FindingSelection } from './FindingSelection';
import { selectFindings } from './selectFindings';
import { whereCounted } from './whereCounted';

/**
 * Counts the findings of a selection by rule, from kept counts where they tell.
 *
 * Law: a component has at most one finding of a rule, so there are as many
 * components as findings.
 */
export function countByRule(options: {
  knex: Knex;
  selection: FindingSelection;
}): Knex.QueryBuilder {
  const { knex, selection } = options;
  const { filter } = selection;
  if (!isCounted(selection)) {
    return summed(knex, selectFindings(options), 'f', knex.raw('1'));
  }
  const query = knex('finding_counts as n');
  whereCounted({ knex, query, table: 'n', filter, passOthers: true });
  return summed(knex, query, 'n', knex.ref('n.count')).havingRaw(
    'SUM(n.count) > 0',
  );
}

function summed(
  knex: Knex,
  query: Knex.QueryBuilder,
  table: string,
  number: Knex.Raw | Knex.Ref<string, Record<string, string>>,
): Knex.QueryBuilder {
  const column = (name: string) => `${table}.${name}`;
  return query
    .select({ key: column('rule_id') })
    .select(
      ['findings', 'components'].map(name =>
        knex.raw('SUM(?) AS ??', [number, name]),
      ),
    )
    .select(
      severitySchema.options.map(severity =>
        knex.raw('SUM(CASE WHEN ?? = ? THEN ? ELSE 0 END) AS ??', [
          column('severity_rank'),
          severityRank(severity),
          number,
          severity,
        ]),
      ),
    )
    .groupBy(column('rule_id'));
}
