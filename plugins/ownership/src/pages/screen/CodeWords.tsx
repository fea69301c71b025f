import screen from './Screen.module.css';

/**
 * A sentence in which names stand between backticks, as rules are written.
 *
 * @internal
 */
export function CodeWords(props: { text: string }) {
  return (
    <>
      {props.text.split('`').map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <code key={index} className={screen.code}>
            {part}
          </code>
        ),
      )}
    </>
  );
}
