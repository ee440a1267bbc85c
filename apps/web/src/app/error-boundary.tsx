import { Component, type ReactNode } from 'react';
import { m } from '../paraglide/messages.js';

interface ErrorBoundaryState {
  readonly error: unknown;
}

/** The last net: says that nothing is lost and offers the way back. Stands outside everything, so it uses nothing of the page. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error ?? new Error('unknown') };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="missing min-h-dvh">
        <h1 className="text-xl font-semibold">{m.crash_title()}</h1>
        <p className="text-muted">{m.crash_text()}</p>
        <button type="button" className="button button-primary mt-4" onClick={() => window.location.reload()}>
          {m.crash_reload()}
        </button>
        <details className="error-details mt-4">
          <summary>{m.error_details()}</summary>
          <pre className="whitespace-pre-wrap text-xs">{error instanceof Error ? (error.stack ?? error.message) : typeof error}</pre>
        </details>
      </main>
    );
  }
}
