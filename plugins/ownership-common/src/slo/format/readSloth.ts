import type { Problem } from '../../contract';
import { defaultAlerts } from '../defaultAlerts';
import type { SloDefinition } from '../types';
import { readPercent } from './readObjective';
import { readQuery } from './readQuery';
import { readSloName } from './readSloName';
import { describeValue, isMapping, plainText } from './SloReader';
import type { ReadingNotes, SloReader } from './SloReader';

const PERIOD_SECONDS = 30 * 86_400;
const maxSlos = 100;

/**
 * Reads what Sloth reads: a `prometheus/v1` specification, or its custom
 * resource PrometheusServiceLevel, which writes the same in camelCase. The
 * queries keep Sloth's `{{.window}}`.
 *
 * @internal
 */
export const readSloth: SloReader = ({ document, origin }) => {
  const problems: Problem[] = [];
  const resource = isMapping(document.spec);
  const spec = isMapping(document.spec) ? document.spec : document;
  const at = (path: string) =>
    [origin.path, ...(resource ? ['spec'] : []), path]
      .filter(Boolean)
      .join('.');

  if (
    !Array.isArray(spec.slos) ||
    spec.slos.length === 0 ||
    spec.slos.length > maxSlos
  ) {
    problems.push({
      path: at('slos'),
      message: `Expected a list of 1 to ${maxSlos} SLOs, got ${
        Array.isArray(spec.slos)
          ? `${spec.slos.length} items`
          : describeValue(spec.slos)
      }.`,
    });
    return { slos: [], problems };
  }
  const slos = spec.slos.flatMap((slo: unknown, index): SloDefinition[] => {
    const path = at(`slos[${index}]`);
    const warnings: string[] = [];
    const notes: ReadingNotes = {
      problem: (where, message) => problems.push({ path: where, message }),
      warning: message => warnings.push(message),
    };
    if (!isMapping(slo)) {
      notes.problem(path, `Expected an SLO, got ${describeValue(slo)}.`);
      return [];
    }
    const name = readSloName({ value: slo.name, path: `${path}.name`, notes });
    const objective = readPercent({
      value: slo.objective,
      path: `${path}.objective`,
      notes,
    });
    if (name === undefined || objective === undefined) {
      return [];
    }
    notes.warning(
      'Sloth keeps the window outside of the file: its default of 30d is used.',
    );
    const alerts = readAlerts(slo.alerting);
    return [
      {
        name,
        title: name,
        description: plainText(slo.description, 1050),
        objective,
        budgetingMethod: 'Occurrences',
        window: {
          type: 'rolling',
          duration: '30d',
          durationSeconds: PERIOD_SECONDS,
        },
        noDataSlices: 'ignore',
        ...(alerts && { alerts }),
        indicator: { ...readSli(slo.sli, notes), type: 'prometheus' },
        origin: { ...origin, path },
        warnings,
      },
    ];
  });
  return { slos, problems };
};

function readSli(
  value: unknown,
  notes: ReadingNotes,
): NonNullable<SloDefinition['indicator']> {
  const sli = isMapping(value) ? value : {};
  if (isMapping(sli.events)) {
    const { events } = sli;
    return {
      bad: readQuery(events.error_query ?? events.errorQuery, 'error', notes),
      total: readQuery(events.total_query ?? events.totalQuery, 'total', notes),
    };
  }
  if (isMapping(sli.raw)) {
    const query = readQuery(
      sli.raw.error_ratio_query ?? sli.raw.errorRatioQuery,
      'error ratio',
      notes,
    );
    return query ? { raw: { query, type: 'failure' } } : {};
  }
  notes.warning(
    sli.plugin === undefined
      ? 'The SLI has neither events nor raw: its queries are not known.'
      : 'The SLI comes from a Sloth plugin: its queries are not known.',
  );
  return {};
}

/** The rows Sloth makes: the default ones under its name, without those that are switched off. */
function readAlerts(value: unknown): SloDefinition['alerts'] {
  const alerting = isMapping(value) ? value : {};
  const isOff = (alert: unknown) => isMapping(alert) && alert.disable === true;
  const off = {
    page: isOff(alerting.page_alert ?? alerting.pageAlert),
    ticket: isOff(alerting.ticket_alert ?? alerting.ticketAlert),
  };
  const name = plainText(alerting.name, 100);
  return off.page || off.ticket || name
    ? defaultAlerts(PERIOD_SECONDS)
        .filter(({ severity }) => !off[severity])
        .map(row => ({ ...row, ...(name && { name }) }))
    : undefined;
}
