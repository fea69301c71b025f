import { minuteText } from '@service-ownership/backstage-plugin-ownership-common';

/** A text with some moments, as dates and in words, put as others. */
export function withSameMoments(
  text: string,
  same: Record<string, string>,
): string {
  return Object.entries(same).reduce(
    (before, [moment, other]) =>
      before
        .replaceAll(moment, other)
        .replaceAll(minuteText(moment), minuteText(other)),
    text,
  );
}
