import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button } from '@backstage/ui';
import CheckIcon from '@material-ui/icons/Check';
import FileCopyOutlinedIcon from '@material-ui/icons/FileCopyOutlined';
import GetAppOutlinedIcon from '@material-ui/icons/GetAppOutlined';
import { useState } from 'react';
import { toneClass } from '../palette';
import { ownershipReactTranslationRef } from '../translation';
import styles from './Frame.module.css';
import { saveFile } from './saveFile';

/**
 * Text to take along, YAML for example, with a button that copies it and, where
 * it has a name as a file, one that downloads it.
 *
 * @public
 */
export function CopyBlock(props: {
  /** What the text is: a file name, or what to do with it. */
  label: string;
  text: string;
  /** Name of the file it is downloaded as; without it, it can only be copied. */
  fileName?: string;
}) {
  const { text, fileName } = props;
  const { t } = useTranslationRef(ownershipReactTranslationRef);
  const [outcome, setOutcome] = useState<{ text: string; copied: boolean }>();
  const current = outcome?.text === text ? outcome : undefined;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome({ text, copied: true });
    } catch {
      // Not allowed, or not a secure page: then it is copied by hand.
      setOutcome({ text, copied: false });
    }
  };
  const done = current?.copied ?? false;
  return (
    <figure className={`${styles.copy} ${toneClass('muted')}`}>
      <figcaption className={styles.copyBar}>
        <span>{props.label}</span>
        <span aria-live="polite">
          {current && !done ? t('copy.failed') : undefined}
        </span>
        <Button
          size="small"
          variant="tertiary"
          iconStart={
            done ? (
              <CheckIcon fontSize="inherit" />
            ) : (
              <FileCopyOutlinedIcon fontSize="inherit" />
            )
          }
          onPress={copy}
        >
          {t(done ? 'copy.copied' : 'copy.copy')}
        </Button>
        {fileName && (
          <Button
            size="small"
            variant="tertiary"
            iconStart={<GetAppOutlinedIcon fontSize="inherit" />}
            onPress={() =>
              saveFile({ filename: fileName, blob: new Blob([text]) })
            }
          >
            {t('copy.download')}
          </Button>
        )}
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre className={styles.code} tabIndex={0} aria-label={props.label}>
        {text}
      </pre>
    </figure>
  );
}
