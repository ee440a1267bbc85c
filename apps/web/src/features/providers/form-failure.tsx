import { TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { describeError } from '../chat/error-text.ts';
import { useSettingsTexts } from '../settings-pages/use-settings-texts.ts';
import type { ProviderForm } from './provider-form.ts';

/** Why the form was not saved, when no field of it can say so. */
export function FormFailure({ form }: { readonly form: ProviderForm }) {
  const s = useSettingsTexts();
  const { failure, errors } = useStore(form.store);
  const wrongFields = Object.keys(errors).length;
  if (failure === undefined && wrongFields === 0) return null;
  const { title, action, facts } =
    failure === undefined ? { title: s.form_wrong_fields(), action: '', facts: undefined } : describeError(failure);
  return (
    <div className="form-alert" role="alert">
      <TriangleAlert size={18} className="mt-0.5 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{failure === undefined ? title : s.form_not_saved({ reason: title })}</p>
        {action && <p className="text-muted">{action}</p>}
        {facts?.message && (
          <p className="mt-1 text-[13px] break-words text-muted" translate="no">
            {facts.message}
          </p>
        )}
      </div>
    </div>
  );
}
