import type { ReactNode } from 'react';
import { safeUrl } from './safe-url.ts';

interface MarkdownLinkProps {
  readonly url: string;
  readonly text: string;
  readonly children: ReactNode;
}

/** A link that says where it leads, or only its text where it may not lead anywhere. */
export function MarkdownLink({ url, text, children }: MarkdownLinkProps) {
  const safe = safeUrl(url);
  if (!safe) return children;
  return (
    <a href={safe.href} target="_blank" rel="noopener noreferrer nofollow" title={safe.href} dir="auto">
      {children}
      {!text.includes(safe.host) && <span className="link-host"> ({safe.host})</span>}
    </a>
  );
}
