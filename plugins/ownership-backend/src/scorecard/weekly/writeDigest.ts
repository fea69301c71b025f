import type { WeeklyDigest } from '@service-ownership/backstage-plugin-ownership-common';
import { escapeXml } from '../../drift/report/escapeXml';
import { escapeMarkdown } from '../../drift/report/markdownReport';
import {
  digestLead,
  digestSections,
  digestTitle,
  type DigestSection,
} from './digestSections';

const QUIET = 'Nothing changed and nothing is due.';

/** A digest in GitHub's dialect; nothing in it is markup but ours. */
export function digestMarkdown(
  digest: WeeklyDigest,
  options: { appBaseUrl?: string } = {},
): string {
  const sections = digestSections(digest);
  const line = ({ subject, text, path }: DigestSection['lines'][number]) => {
    const name = `**${escapeMarkdown(subject)}**`;
    const url = linkOf(path, options.appBaseUrl);
    return `- ${url ? `[${name}](<${url}>)` : name}: ${escapeMarkdown(text)}`;
  };
  return `${[
    `# ${escapeMarkdown(digestTitle(digest))}`,
    escapeMarkdown(digestLead(digest)),
    ...sections.map(({ title, lines, more }) =>
      [
        `## ${escapeMarkdown(title)}`,
        '',
        ...lines.map(line),
        ...(more > 0 ? [`- and ${more} more`] : []),
      ].join('\n'),
    ),
    ...(sections.length === 0 ? [QUIET] : []),
  ].join('\n\n')}\n`;
}

const FONT = 'font-family:sans-serif;color:#222;background:#fff';

/** A digest as a mail: no scripts, no style sheets, nothing from elsewhere. */
export function digestHtml(
  digest: WeeklyDigest,
  options: { appBaseUrl?: string } = {},
): string {
  const sections = digestSections(digest);
  const line = ({ subject, text, path }: DigestSection['lines'][number]) => {
    const name = `<strong>${escapeXml(subject)}</strong>`;
    const url = linkOf(path, options.appBaseUrl);
    return `<li style="margin:4px 0">${
      url
        ? `<a href="${escapeXml(url)}" style="color:#1a5fb4">${name}</a>`
        : name
    }: ${escapeXml(text)}</li>`;
  };
  const title = escapeXml(digestTitle(digest));
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>`,
    `<body style="${FONT};max-width:640px;margin:0 auto;padding:16px;line-height:1.5">`,
    `<h1 style="font-size:22px">${title}</h1>`,
    `<p>${escapeXml(digestLead(digest))}</p>`,
    ...sections.map(
      section =>
        `<h2 style="font-size:16px;margin:24px 0 4px">${escapeXml(
          section.title,
        )}</h2>\n<ul style="margin:0;padding-left:20px">${section.lines
          .map(line)
          .join('')}${
          section.more > 0 ? `<li>and ${section.more} more</li>` : ''
        }</ul>`,
    ),
    ...(sections.length === 0 ? [`<p>${QUIET}</p>`] : []),
    '</body></html>',
    '',
  ].join('\n');
}

/** The address of a page of the portal; paths are encoded where they are made. */
function linkOf(
  path: string | undefined,
  appBaseUrl: string | undefined,
): string | undefined {
  return path && appBaseUrl
    ? `${appBaseUrl.replace(/\/+$/, '')}${path}`
    : undefined;
}
