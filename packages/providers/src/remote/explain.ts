import type { Localized, ProviderError } from '@multimodel/core';

const noProtocol: Localized = {
  ru: 'По этому адресу нет службы с нашим протоколом. Проверьте адрес вместе с путём: ниже него должны отвечать /manifest и /models.',
  en: 'No service at this address speaks the remote protocol. Check the address with its path: /manifest and /models must answer below it.',
};
const wrongToken: Localized = {
  ru: 'Служба не приняла токен. Вставьте тот, что выдал её владелец.',
  en: 'The service refused the token. Paste the one that its owner gave you.',
};
const noToken: Localized = {
  ru: 'Служба не пускает с этим токеном. Попросите её владельца открыть доступ.',
  en: 'The service does not let this token in. Ask its owner for access.',
};

/** What the owner of the service cannot say in its own words. */
export function explain({ code, details }: ProviderError): Localized | undefined {
  switch (code) {
    case 'auth':
      return wrongToken;
    case 'permission':
      return noToken;
    case 'protocol':
      return details['status'] === 404 || details['reason'] === 'no_manifest' || details['status'] === 200 ? noProtocol : undefined;
    default:
      return undefined;
  }
}
