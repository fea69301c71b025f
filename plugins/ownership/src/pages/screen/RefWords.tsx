import { Fragment } from 'react';

/**
 * A text with references of entities in it, which breaks after a slash before
 * it breaks within a name.
 *
 * @internal
 */
export function RefWords(props: { text: string }) {
  return (
    <>
      {props.text.split('/').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              /<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </>
  );
}
