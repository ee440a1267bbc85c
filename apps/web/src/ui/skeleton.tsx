import { useTexts } from '../features/preferences/use-texts.ts';

/** In the shape of what comes; the style sheet shows it only after 150 ms, so that a fast server never flickers. */
export function ThreadSkeleton() {
  const t = useTexts();
  return (
    <div className="thread skeleton flex-1" role="status" aria-label={t.loading()}>
      <div className="skeleton-block ms-auto h-11 w-2/5 rounded-2xl" />
      <div className="skeleton-block mt-8 h-4 w-11/12" />
      <div className="skeleton-block mt-3 h-4 w-4/5" />
      <div className="skeleton-block mt-3 h-4 w-3/5" />
    </div>
  );
}

const starters = [0, 1, 2, 3];

/** Of what an empty chat shows. */
export function InvitationSkeleton() {
  const t = useTexts();
  return (
    <div className="empty-chat skeleton" role="status" aria-label={t.loading()}>
      <div className="skeleton-block mb-6 h-8 w-56 max-w-full" />
      <div className="starters">
        {starters.map((starter) => (
          <div key={starter} className="skeleton-block h-23 rounded-xl" />
        ))}
      </div>
    </div>
  );
}

/** Of a page of the settings. */
export function PageSkeleton() {
  const t = useTexts();
  return (
    <div className="settings-page skeleton" role="status" aria-label={t.loading()}>
      <div className="skeleton-block h-6 w-40" />
      {pageRows.map((row) => (
        <div key={row} className="skeleton-block mt-5 h-20 rounded-xl" />
      ))}
    </div>
  );
}

const pageRows = [0, 1, 2];
const chatLines = [72, 56, 64, 48, 68];

export function ChatListSkeleton() {
  const t = useTexts();
  return (
    <div className="skeleton px-3 pt-3" role="status" aria-label={t.loading()}>
      {chatLines.map((width) => (
        <div key={width} className="skeleton-block my-4 h-3.5" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
