import { Link } from 'react-router';
import { SidebarButton } from '../chats/sidebar-button.tsx';
import { useTexts } from '../preferences/use-texts.ts';

interface MissingPageProps {
  readonly title: string;
  readonly text: string;
}

/** A dead link still leads somewhere useful. */
export function MissingPage({ title, text }: MissingPageProps) {
  const t = useTexts();
  return (
    <>
      <header className="header">
        <SidebarButton />
      </header>
      <div className="missing">
        <h1 className="text-xl font-semibold">{title}</h1>
        <p className="text-muted">{text}</p>
        <Link to="/" className="button button-primary mt-4">
          {t.new_chat()}
        </Link>
      </div>
    </>
  );
}
