/**
 * What each frequency may have beside INTERVAL, COUNT, UNTIL and WKST. With
 * these, days and weeks always find their next one at once, and there is at
 * most one a day.
 */
const partsOf: Record<string, readonly string[]> = {
  DAILY: [],
  WEEKLY: ['BYDAY'],
  MONTHLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS'],
  YEARLY: ['BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'BYMONTH'],
};

const wholeNumber = (most: number) => (text: string) =>
  /^[1-9]\d{0,5}$/.test(text) && Number(text) <= most;

const listOf = (item: RegExp) => (text: string) =>
  text.split(',').length <= 31 &&
  text.split(',').every(each => item.test(each));

const values: Record<string, { accepts(text: string): boolean; hint: string }> =
  {
    INTERVAL: { accepts: wholeNumber(100), hint: '1 to 100' },
    COUNT: { accepts: wholeNumber(5000), hint: '1 to 5000' },
    UNTIL: {
      accepts: text =>
        /^\d{8}(T\d{6}Z?)?$/.test(text) && isDate(text.slice(0, 8)),
      hint: 'a date such as 20270101T000000Z',
    },
    WKST: { accepts: listOf(/^(MO|TU|WE|TH|FR|SA|SU)$/), hint: 'MO to SU' },
    BYDAY: {
      accepts: listOf(/^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/),
      hint: 'days such as SU, or 1SU for the first Sunday of a month',
    },
    BYMONTHDAY: {
      accepts: listOf(/^-?([1-9]|[12]\d|3[01])$/),
      hint: '1 to 31, or -1 for the last day',
    },
    BYSETPOS: {
      accepts: listOf(/^-?([1-9]|[12]\d|3[01])$/),
      hint: '1 to 31 or -1 to -31',
    },
    BYMONTH: { accepts: listOf(/^([1-9]|1[0-2])$/), hint: '1 to 12' },
  };

/**
 * Reads an RRULE with or without its DTSTART. What would come more than once
 * a day is refused: the time is that of its start.
 *
 * @internal
 */
export function checkRecurrence(
  text: string,
): { rrule: string; start?: string } | { message: string } {
  const match =
    /^(?:DTSTART(?:;TZID=[\w/+-]{1,60})?[:=](\d{8}T\d{6})\s+)?(?:RRULE:)?(\S+)$/i.exec(
      text.trim(),
    );
  if (!match) {
    return {
      message:
        'rrule must be an RRULE of RFC 5545 such as FREQ=WEEKLY;BYDAY=SU, with at most DTSTART:20261122T020000 (local time) on a line before it',
    };
  }
  const rrule = match[2].toLocaleUpperCase('en-US');
  const parts = rrule.split(';').map(part => part.split('='));
  const names = parts.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    return { message: `rrule has ${twice.slice(0, 20)} twice` };
  }
  const frequency = parts.find(([name]) => name === 'FREQ')?.[1] ?? '';
  const allowed = Object.hasOwn(partsOf, frequency)
    ? partsOf[frequency]
    : undefined;
  if (!allowed) {
    return {
      message: `FREQ of rrule must be ${Object.keys(partsOf).join(
        ', ',
      )}; an exclusion begins at most once a day`,
    };
  }
  for (const [name, value = '', ...rest] of parts) {
    const known =
      name === 'FREQ' ||
      ['INTERVAL', 'COUNT', 'UNTIL', 'WKST', ...allowed].includes(name);
    if (!known) {
      return {
        message: `rrule: ${name.slice(
          0,
          20,
        )} is not accepted with FREQ=${frequency}; accepted are INTERVAL, COUNT, UNTIL, WKST${allowed
          .map(part => `, ${part}`)
          .join('')}. The time of day is that of the first start`,
      };
    }
    if (
      rest.length > 0 ||
      (name !== 'FREQ' && !values[name].accepts(value)) ||
      (name === 'BYDAY' && frequency === 'WEEKLY' && /\d/.test(value))
    ) {
      return {
        message: `rrule: ${name} must be ${values[name]?.hint ?? 'once'}`,
      };
    }
  }
  const written = match[1];
  if (written && !isDate(written.slice(0, 8))) {
    return { message: 'DTSTART of rrule is not a date' };
  }
  return {
    rrule,
    ...(written && {
      start: written.replace(
        /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/,
        '$1-$2-$3T$4:$5:$6',
      ),
    }),
  };
}

function isDate(compact: string): boolean {
  const text = compact.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
