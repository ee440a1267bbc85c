import { m as s } from '../../paraglide/settings/messages.js';

interface GuideLink {
  readonly label: () => string;
  readonly url: { readonly ru: string; readonly en: string };
}

interface GuideStep {
  readonly text: () => string;
  readonly link?: GuideLink | undefined;
}

/** A way to a credential: steps, and the field that their result goes into. */
export interface CredentialWay {
  readonly field: string;
  readonly title: () => string;
  readonly note: () => string;
  readonly steps: readonly GuideStep[];
}

export interface ConnectGuide {
  readonly ways: readonly CredentialWay[];
  /** Credentials for those who know what they do: with one of these none of the ways is needed. */
  readonly others: readonly string[];
  /** Fields that stand beside the credential; the others are folded. */
  readonly also: readonly string[];
}

const docs = (path: string) => ({ ru: `https://yandex.cloud/ru/docs/${path}`, en: `https://yandex.cloud/en/docs/${path}` });
const account: GuideStep = {
  text: s.guide_yandex_account,
  link: { label: s.guide_yandex_console, url: { ru: 'https://console.yandex.cloud', en: 'https://console.yandex.cloud' } },
};

const sberStudio = { ru: 'https://developers.sber.ru/studio', en: 'https://developers.sber.ru/studio' };

/** How to get in, for plugins that we can say it of; the others have the help of their fields. */
export const connectGuides: Readonly<Record<string, ConnectGuide>> = {
  yandexgpt: {
    ways: [
      {
        field: 'apiKey',
        title: s.guide_yandex_key_title,
        note: s.guide_yandex_key_note,
        steps: [
          account,
          { text: s.guide_yandex_key_make, link: { label: s.guide_how, url: docs('ai-studio/operations/get-api-key') } },
          { text: s.guide_yandex_key_paste },
        ],
      },
      {
        field: 'serviceAccountKey',
        title: s.guide_yandex_file_title,
        note: s.guide_yandex_file_note,
        steps: [
          account,
          {
            text: s.guide_yandex_file_make,
            link: { label: s.guide_how, url: docs('iam/operations/authentication/manage-authorized-keys') },
          },
          { text: s.guide_yandex_file_choose },
        ],
      },
    ],
    others: ['iamToken', 'useMetadata'],
    also: ['folderId'],
  },
  gigachat: {
    ways: [
      {
        field: 'authorizationKey',
        title: s.guide_gigachat_title,
        note: s.guide_gigachat_note,
        steps: [
          { text: s.guide_gigachat_project, link: { label: s.guide_gigachat_cabinet, url: sberStudio } },
          { text: s.guide_gigachat_key },
          { text: s.guide_gigachat_paste },
        ],
      },
    ],
    others: ['accessToken', 'user', 'password', 'clientCertificate'],
    also: ['scope'],
  },
};
