import { Download } from 'lucide-react';
import { useServices } from '../../app/services-context.ts';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { useLanguage, useTexts } from '../preferences/use-texts.ts';
import '../../app/files.css';
import { isPicture } from './file-kind.ts';
import { sizeText } from './file-texts.ts';
import { KindIcon } from './file-thumbnail.tsx';
import { Picture } from './picture.tsx';
import { shownSize } from './picture-size.ts';

interface MessageFilesProps {
  readonly files: readonly UnsentFile[];
  /** Made by a model: then pictures are what was asked for, and not what was shown. */
  readonly isAnswer?: boolean;
}

/** The files of a message: pictures to look at, others to save. */
export function MessageFiles({ files, isAnswer = false }: MessageFilesProps) {
  const t = useTexts();
  const pictures = files.filter((file) => file.attachment && isPicture(file));
  const others = files.filter((file) => !pictures.includes(file));
  const place = isAnswer ? 'answer' : pictures.length > 1 ? 'many' : 'question';
  return (
    <ul className="message-files" data-place={place} aria-label={t.files_label()}>
      {pictures.map(
        ({ key, attachment }) =>
          attachment && (
            <li key={key}>
              <Picture attachment={attachment} size={shownSize(attachment, place)} isMade={isAnswer} />
              {isAnswer && <SaveLink file={attachment} />}
            </li>
          ),
      )}
      {others.map((file) => (
        <li key={file.key} className="min-w-0 max-w-full">
          <FileCard file={file} />
        </li>
      ))}
    </ul>
  );
}

function SaveLink({ file: { id, name, size } }: { readonly file: NonNullable<UnsentFile['attachment']> }) {
  const t = useTexts();
  const language = useLanguage();
  const { client } = useServices();
  return (
    <a className="save-link" href={client.attachments.contentUrl(id)} download={name}>
      <Download size={14} aria-hidden />
      <span className="sr-only">{`${t.file_save()} `}</span>
      <bdi className="truncate">{name}</bdi>
      <span className="shrink-0">{sizeText(size, language)}</span>
    </a>
  );
}

/** Anything that is not looked at here: a press saves it. One that the server does not have yet is only named. */
function FileCard({ file }: { readonly file: UnsentFile }) {
  const t = useTexts();
  const language = useLanguage();
  const { client } = useServices();
  const { name, size, attachment } = file;
  const inside = (
    <>
      <span className="file-thumbnail">
        <KindIcon file={file} />
      </span>
      <span className="tray-words">
        <bdi className="file-name">{name}</bdi>
        <span className="file-facts">{sizeText(size, language)}</span>
      </span>
    </>
  );
  if (!attachment) return <div className="file-card">{inside}</div>;
  return (
    <a className="file-card" href={client.attachments.contentUrl(attachment.id)} download={name}>
      <span className="sr-only">{`${t.file_save()} `}</span>
      {inside}
      <Download size={16} aria-hidden className="shrink-0 text-muted" />
    </a>
  );
}
