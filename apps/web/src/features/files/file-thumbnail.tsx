import { AudioLines, File as FileIcon, FileText, ImageIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services-context.ts';
import type { TrayFile } from '../../state/file-tray.ts';
import type { UnsentFile } from '../../state/unsent-file.ts';
import { isPicture, typeOf } from './file-kind.ts';

const revokeAfterMs = 5_000;

/** What is in it, as small as a thumb. */
export function FileThumbnail({ file }: { readonly file: TrayFile }) {
  const { client } = useServices();
  const own = useObjectUrl(isPicture(file) && isWorthShowing(file) ? file.content : undefined);
  const url = own ?? (isPicture(file) && file.attachment ? client.attachments.contentUrl(file.attachment.id) : undefined);
  const [isBroken, setIsBroken] = useState(false);
  return (
    <span className="file-thumbnail">
      {url !== undefined && !isBroken ? <img src={url} alt="" onError={() => setIsBroken(true)} /> : <KindIcon file={file} />}
    </span>
  );
}

/** What is empty shows nothing, and what is too large would only slow the page down. */
function isWorthShowing({ size, fault }: TrayFile): boolean {
  return size > 0 && (fault === undefined || fault.kind === 'error');
}

export function KindIcon({ file }: { readonly file: UnsentFile }) {
  const type = typeOf(file);
  const Icon = type.startsWith('image/') ? ImageIcon : type.startsWith('audio/') ? AudioLines : type === '' ? FileIcon : FileText;
  return <Icon size={18} aria-hidden />;
}

function useObjectUrl(content: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!content) return;
    const made = URL.createObjectURL(content);
    setUrl(made);
    return () => {
      setUrl(undefined);
      // A picture that is taken away as soon as it came may still be about to load.
      setTimeout(() => URL.revokeObjectURL(made), revokeAfterMs);
    };
  }, [content]);
  return url;
}
