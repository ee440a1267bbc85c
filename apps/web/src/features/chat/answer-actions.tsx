import type { MessageDto } from '@multimodel/contract';
import { markdownWithNames } from '../files/file-names.ts';
import { copyAnswer } from '../markdown/copy-answer.ts';
import { useTexts } from '../preferences/use-texts.ts';
import { BranchSwitch } from './branch-switch.tsx';
import { CopyButton } from './copy-button.tsx';
import { RegenerateButtons } from './regenerate-buttons.tsx';
import type { AnswerActs } from './thread-acts.ts';

interface AnswerActionsProps {
  readonly message: MessageDto;
  readonly acts: AnswerActs;
}

export function AnswerActions({ message, acts }: AnswerActionsProps) {
  const t = useTexts();
  return (
    <fieldset className="message-actions" aria-label={t.answer_actions()}>
      <BranchSwitch message={message} />
      <div className="quiet-actions">
        {markdownWithNames(message) !== '' && <CopyButton label={t.copy_answer()} copy={() => copyAnswer(markdownWithNames(message))} />}
        <RegenerateButtons isBusy={acts.isBusy} regenerate={acts.regenerate} />
      </div>
    </fieldset>
  );
}
