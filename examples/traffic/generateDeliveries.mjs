// What CI/CD, the pager and the bill would tell of the example's services. Pure:
// the same story, time and anchor give the same events on every machine, so
// what is sent again says what it said before.

import { DAY, parseLength, parseMoment } from './generateSamples.mjs';

const HEADER =
  'BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,Tags';
const iso = seconds => new Date(seconds * 1000).toISOString();

/**
 * Deployments and incidents as CDEvents, oldest first.
 *
 * @param options.story - see deliveries.yaml
 * @param options.anchor - moment the story is told from, in seconds
 * @param options.now - moment up to which to tell, in seconds
 */
export function tellEvents({ story, anchor, now }) {
  const events = [];
  for (const [name, { from, every, version }] of Object.entries(
    story.releases,
  )) {
    const step = parseLength(every);
    let number = 0;
    for (let at = parseMoment(from, anchor); at <= now; at += step) {
      events.push(
        service('deployed', { name, at, version: `${version}.${number}` }),
      );
      number += 1;
    }
  }
  for (const { at, version, ...what } of story.moments) {
    const [[predicate, name]] = Object.entries(what);
    events.push(
      service(predicate, { name, at: parseMoment(at, anchor), version }),
    );
  }
  for (const incident of story.incidents) {
    for (const predicate of ['detected', 'resolved']) {
      if (incident[predicate]) {
        events.push(incidentEvent(predicate, { incident, anchor }));
      }
    }
  }
  return events
    .filter(({ context }) => Date.parse(context.timestamp) <= now * 1000)
    .sort((a, b) => (a.context.timestamp < b.context.timestamp ? -1 : 1));
}

/**
 * A bill in the FOCUS format: every day of the last complete month and of the
 * one that runs, up to today.
 */
export function tellBill({ story, now }) {
  const today = new Date(now * 1000);
  const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1);
  const rows = [HEADER];
  for (let at = first / 1000; at + DAY <= now; at += DAY) {
    const start = new Date(at * 1000);
    const days = new Date(
      Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0),
    ).getUTCDate();
    const charge = (amount, tags) =>
      [
        (amount / days).toFixed(4),
        (amount / days).toFixed(4),
        'EUR',
        iso(at),
        iso(at + DAY),
        'Usage',
        'Virtual Machines',
        `"${JSON.stringify(tags).replaceAll('"', '""')}"`,
      ].join(',');
    for (const [name, amount] of Object.entries(story.costs)) {
      rows.push(charge(amount, { service: name }));
    }
    const { amount, ...tags } = story.untagged;
    rows.push(charge(amount, tags));
  }
  return `${rows.join('\n')}\n`;
}

/** Toil, security findings and coverage of the last complete month. */
export function tellMeasurements({ story, now }) {
  const today = new Date(now * 1000);
  const start = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 1);
  const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1);
  const units = {
    'toil-hours': 'hours',
    'security-findings': 'findings',
    'observability-coverage': 'ratio',
  };
  return Object.entries(units).flatMap(([measure, unit]) =>
    Object.entries(story[measure]).map(([name, value]) => ({
      entityRef: `component:default/${name}`,
      measure,
      value,
      unit,
      period: { start: iso(start / 1000), end: iso(end / 1000) },
      source: 'ternsund-example',
    })),
  );
}

function service(predicate, { name, at, version }) {
  return {
    context: {
      version: '0.4.1',
      id: `${name}-${predicate}-${at}`,
      source: '/ternsund/berth',
      type: `dev.cdevents.service.${predicate}.0.2.0`,
      timestamp: iso(at),
    },
    subject: {
      id: `service/${name}`,
      type: 'service',
      content: {
        environment: { id: 'production' },
        artifactId: `pkg:oci/${name}@${version}`,
      },
    },
    customData: {
      url: `https://berth.ternsund.example/${name}/${version}`,
    },
  };
}

function incidentEvent(predicate, { incident, anchor }) {
  const { id, component, title } = incident;
  const moment = name =>
    incident[name] && iso(parseMoment(incident[name], anchor));
  return {
    context: {
      version: '0.4.1',
      // The same incident in another month is another one.
      id: `${id}-${predicate}-${anchor}`,
      source: '/ternsund/pager',
      type: `dev.cdevents.incident.${predicate}.0.2.0`,
      timestamp: moment(predicate),
    },
    subject: {
      id: `${id}-${anchor}`,
      type: 'incident',
      content: {
        description: title,
        environment: { id: 'production' },
        service: { id: `service/${component}` },
      },
    },
    customData: {
      startedAt: moment('started'),
      mitigatedAt: predicate === 'resolved' ? moment('mitigated') : undefined,
      url: `https://pager.ternsund.example/${id}`,
    },
  };
}
