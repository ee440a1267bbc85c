import type { Localized, ProviderError } from '@multimodel/core';
import type { Credential } from './credential.ts';

const keyHelp = {
  ru: 'Создайте API-ключ сервисного аккаунта с ролью ai.languageModels.user и областью действия yc.ai.languageModels.execute и вставьте его целиком.',
  en: 'Create an API key of a service account with the role ai.languageModels.user and the scope yc.ai.languageModels.execute, and paste the whole of it.',
} as const satisfies Localized;

const refusals = {
  apiKey: {
    ru: `Yandex Cloud не принял API-ключ: он неверный, отозван, просрочен или выпущен без нужной области действия. ${keyHelp.ru}`,
    en: `Yandex Cloud refused the API key: it is wrong, revoked, expired or lacks the scope. ${keyHelp.en}`,
  },
  iamToken: {
    ru: 'Yandex Cloud не принял IAM-токен: он неверный или истёк — такие живут не дольше 12 часов. Вставьте новый, а лучше API-ключ.',
    en: 'Yandex Cloud refused the IAM token: it is wrong or has expired, since they live for 12 hours at most. Paste a new one, or better an API key.',
  },
  serviceAccountKey: {
    ru: 'Yandex Cloud не принял авторизованный ключ. Проверьте, что ключ и сервисный аккаунт не удалены, и вставьте файл целиком.',
    en: 'Yandex Cloud refused the authorized key. Check that neither the key nor its service account was deleted, and paste the whole file.',
  },
  metadata: {
    ru: 'Токен виртуальной машины не принят. Привяжите к ней сервисный аккаунт с ролью ai.languageModels.user.',
    en: 'The token of the virtual machine was refused. Attach a service account with the role ai.languageModels.user to it.',
  },
} as const satisfies Record<Credential['kind'], Localized>;

const withoutRole: Localized = {
  ru: 'Ключ принят, но прав не хватает. Дайте сервисному аккаунту роль ai.languageModels.user в его каталоге в консоли Yandex Cloud.',
  en: 'The key was accepted but lacks rights. Give the service account the role ai.languageModels.user in its folder in the Yandex Cloud console.',
};

const tellsNoFolder: Localized = {
  ru: 'По этому ключу каталог не узнать. Впишите его идентификатор (b1g…) — он есть в адресе консоли Yandex Cloud.',
  en: 'This credential does not tell its folder. Enter the id of the folder (b1g…): it stands in the address of the Yandex Cloud console.',
};

const unpaid: Localized = {
  ru: 'Платёжный аккаунт Yandex Cloud не активен или исчерпан. Пополните его в консоли.',
  en: 'The billing account in Yandex Cloud is not active or used up. Top it up in the console.',
};

const tooMany: Localized = {
  ru: 'Квота каталога на запросы сейчас исчерпана. Подождите минуту или попросите Yandex Cloud увеличить квоту.',
  en: 'The quota of the folder is used up for now. Wait a minute, or ask Yandex Cloud for a larger one.',
};

const noSuchApi: Localized = {
  ru: 'По этому адресу нет API Yandex Cloud. Проверьте адреса в дополнительных настройках: обычно их оставляют как есть.',
  en: 'There is no Yandex Cloud API at this address. Check the addresses in the advanced settings: usually they are left as they are.',
};

/** Refusals of Yandex Cloud in the words of its console; `undefined`: the code says all there is to say. */
export function explain({ code, details }: ProviderError, credential: Credential['kind']): Localized | undefined {
  switch (code) {
    case 'auth':
      return refusals[credential];
    case 'permission':
      return typeof details['rightFolder'] === 'string' ? wrongFolder(details['rightFolder']) : explainPermission(details['status']);
    case 'quota_exhausted':
      return unpaid;
    case 'rate_limited':
      return tooMany;
    case 'invalid_request':
      return details['status'] === 404 ? noSuchApi : undefined;
    default:
      return undefined;
  }
}

/** Without a status nobody refused: the folder could not be learned. */
function explainPermission(status: unknown): Localized {
  return status === undefined ? tellsNoFolder : withoutRole;
}

function wrongFolder(right: string): Localized {
  return {
    ru: `Ключ из каталога ${right}, а в настройках указан другой. Впишите ${right} или оставьте поле пустым.`,
    en: `The key belongs to the folder ${right}, and the settings name another one. Enter ${right}, or leave the field empty.`,
  };
}
