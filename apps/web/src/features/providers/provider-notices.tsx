import type { ProviderDto } from '@multimodel/contract';
import { TriangleAlert } from 'lucide-react';
import { useLanguage } from '../preferences/use-texts.ts';

/** What whoever runs the instance should not overlook, in the provider's own words. */
export function ProviderNotices({ provider }: { readonly provider: ProviderDto }) {
  const language = useLanguage();
  return provider.notices.map((notice) => (
    <p key={notice.en} className="form-alert mt-2 mb-0">
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <span className="min-w-0">{notice[language]}</span>
    </p>
  ));
}
