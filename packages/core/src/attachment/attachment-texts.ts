import { inEvery, type Language, type Localized } from '../shared/localized.ts';
import type { Refusal } from './accepted-files.ts';

/** Sizes as people say them. */
export function sizeText(bytes: number, language: Language): string {
  const units = { ru: ['Б', 'КБ', 'МБ'], en: ['B', 'KB', 'MB'] }[language];
  const power = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  const value = bytes / 1024 ** power;
  const shown = new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return `${shown}\u00a0${units[power] ?? ''}`;
}

const filesInRussian = (count: number): string => {
  const forms: Readonly<Record<string, string>> = { one: 'файл', few: 'файла' };
  return `${count}\u00a0${forms[new Intl.PluralRules('ru').select(count)] ?? 'файлов'}`;
};

const becauseInRussian = ({ reason, limit = 0 }: Refusal, mediaType: string): string => {
  if (reason === 'type') return `такие файлы (${mediaType}) она не принимает`;
  if (reason === 'count')
    return `с\u00a0одним сообщением она берёт ${limit === 1 ? 'один такой файл' : `не\u00a0больше ${limit} таких файлов`}`;
  const most = sizeText(limit, 'ru');
  return reason === 'size' ? `он больше ${most}` : `вместе файлы больше ${most}`;
};

const becauseInEnglish = ({ reason, limit = 0 }: Refusal, mediaType: string): string => {
  if (reason === 'type') return `it does not take such files (${mediaType})`;
  if (reason === 'count') return `it takes at most ${limit} such ${limit === 1 ? 'file' : 'files'} with a message`;
  const most = sizeText(limit, 'en');
  return reason === 'size' ? `it is larger than ${most}` : `together the files are larger than ${most}`;
};

interface NotTaken {
  readonly model: string;
  readonly name: string;
  readonly mediaType: string;
  readonly refusal: Refusal;
  /** Public names. */
  readonly others: readonly string[];
}

export const attachmentTexts = {
  notFound: (id?: string): Localized => ({
    ru: ['Файл', id, 'не\u00a0найден'].filter(Boolean).join(' '),
    en: ['Attachment', id, 'was not found'].filter(Boolean).join(' '),
  }),
  empty: { ru: 'Файл пустой', en: 'The file is empty' },
  unknownType: (taken: string): Localized => ({
    ru: `Такие файлы здесь не принимаются. Можно прислать картинку, звук, документ (PDF, Word, Excel, PowerPoint, OpenDocument) или текст. Полностью: ${taken}`,
    en: `Files of this type are not taken here. Send an image, a sound, a document (PDF, Word, Excel, PowerPoint, OpenDocument) or a text. In full: ${taken}`,
  }),
  notAsDeclared: (declared: string, found: string): Localized => ({
    ru: `В\u00a0файле не то, что сказано: обещан ${declared}, а\u00a0внутри ${found}`,
    en: `The file is not what it is said to be: ${declared} was promised, ${found} is inside`,
  }),
  tooLarge: (maxBytes: number): Localized =>
    inEvery((language) =>
      language === 'ru'
        ? `Файл больше, чем принимает этот сервер: не\u00a0больше ${sizeText(maxBytes, 'ru')}`
        : `The file is larger than this server takes: at most ${sizeText(maxBytes, 'en')}`,
    ),
  contentLost: { ru: 'Содержимое файла не\u00a0нашлось на\u00a0сервере', en: 'The content of this file is not on the server' },
  alreadySent: {
    ru: 'Файл уже отправлен: он удаляется вместе со\u00a0своим чатом',
    en: 'The file was sent: it goes when its chat goes',
  },
  notTaken: ({ model, name, mediaType, refusal, others }: NotTaken): Localized => ({
    ru: `Модель ${model} не\u00a0примет файл «${name}»: ${becauseInRussian(refusal, mediaType)}. ${others.length > 0 ? `Его примут: ${others.join(', ')}` : 'Уберите его или выберите другую модель'}`,
    en: `The model ${model} does not take “${name}”: ${becauseInEnglish(refusal, mediaType)}. ${others.length > 0 ? `These models do: ${others.join(', ')}` : 'Remove it or choose another model'}`,
  }),
  leftOut: (names: readonly string[]): Localized => ({
    ru: `Модель получила вопрос без файлов из\u00a0чата (${filesInRussian(names.length)}): ${names.join(', ')}`,
    en: `The model was asked without ${names.length} ${names.length === 1 ? 'file' : 'files'} of this chat: ${names.join(', ')}`,
  }),
  asText: (names: readonly string[]): Localized => ({
    ru: `Модель не\u00a0читает такие файлы сама, поэтому их текст вставлен в\u00a0вопрос: ${names.join(', ')}`,
    en: `The model does not read such files itself, so their text was put into the question: ${names.join(', ')}`,
  }),
  notKept: (mediaType: string): Localized => ({
    ru: `Модель прислала файл (${mediaType}), но\u00a0сохранить его не\u00a0удалось`,
    en: `A file that the model made (${mediaType}) could not be kept`,
  }),
} as const;
