import type { AppError, ProviderError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/error-code.ts';
import type { Localized } from '../shared/localized.ts';
import type { CheckName } from './provider-test.ts';

/** The models are counted by who knows them. */
export const passedTexts = {
  settings: { ru: 'Настройки заполнены верно.', en: 'The settings are complete.' },
  reach: { ru: 'Сервер провайдера отвечает.', en: 'The server of the provider answers.' },
  auth: { ru: 'Ключ принят.', en: 'The key was accepted.' },
  access: { ru: 'Прав и квоты хватает.', en: 'Rights and quota suffice.' },
  models: { ru: 'Список моделей получен.', en: 'The list of models has come.' },
} as const satisfies Record<CheckName, Localized>;

export const skippedText: Localized = { ru: 'Не проверялось.', en: 'Not checked.' };

export const wrongSettings: Localized = {
  ru: 'Проверьте отмеченные поля: так этими настройками пользоваться нельзя.',
  en: 'Check the marked fields: these settings cannot be used as they are.',
};

export const lostSecrets: Localized = {
  ru: 'Сохранённый ключ не открыть: он зашифрован другим ключом сервера. Введите его заново.',
  en: 'The stored key cannot be opened: it was encrypted with another key of the server. Enter it again.',
};

export const brokenPlugin: Localized = {
  ru: 'Проверка не удалась из-за ошибки на сервере. Подробности — в его журнале.',
  en: 'The test failed because of an error on the server. Its log has the details.',
};

/** By `details.reason` of a transport error. */
const networkTexts: Readonly<Record<string, Localized>> = {
  dns: {
    ru: 'Имя сервера провайдера не найдено. Проверьте адрес в настройках и доступ этого компьютера в интернет.',
    en: 'The name of the provider’s server could not be found. Check the address in the settings and this machine’s way to the internet.',
  },
  refused: {
    ru: 'По этому адресу никто не отвечает: соединение отклонено. Проверьте адрес и порт.',
    en: 'Nothing listens at this address: the connection was refused. Check address and port.',
  },
  unreachable: {
    ru: 'До сервера провайдера нет пути. Проверьте сеть и межсетевой экран этого компьютера.',
    en: 'There is no way to the provider’s server. Check the network and the firewall of this machine.',
  },
  private_address: {
    ru: 'Это имя ведёт на этот компьютер или в частную сеть. Сервер разрешает это только с MMC_ALLOW_PRIVATE_URLS=true.',
    en: 'This name leads to this machine or into a private network. The server allows that with MMC_ALLOW_PRIVATE_URLS=true only.',
  },
  reset: {
    ru: 'Соединение с провайдером оборвалось. Попробуйте ещё раз; если повторится, проверьте прокси и межсетевой экран.',
    en: 'The connection to the provider broke off. Try again; if it happens again, check proxy and firewall.',
  },
};

const tlsTexts: Readonly<Record<string, Localized>> = {
  self_signed: {
    ru: 'Сертификат сервера самоподписанный, доверять ему нельзя. Проверьте адрес; если сервер ваш, добавьте его сертификат в доверенные (NODE_EXTRA_CA_CERTS).',
    en: 'The server’s certificate is self-signed and cannot be trusted. Check the address; if the server is yours, add its certificate to the trusted ones (NODE_EXTRA_CA_CERTS).',
  },
  unknown_authority: {
    ru: 'Сертификат сервера выдан центром, которому здесь не доверяют. Добавьте его корневой сертификат в доверенные (NODE_EXTRA_CA_CERTS).',
    en: 'The server’s certificate comes from an authority that is not trusted here. Add its root certificate to the trusted ones (NODE_EXTRA_CA_CERTS).',
  },
  hostname: {
    ru: 'Сертификат сервера выдан на другое имя. Проверьте адрес в настройках.',
    en: 'The server’s certificate is for another name. Check the address in the settings.',
  },
  expired: {
    ru: 'Срок сертификата сервера истёк или ещё не наступил. Проверьте часы этого компьютера; если они верны, дело на стороне провайдера.',
    en: 'The server’s certificate has expired or is not valid yet. Check the clock of this machine; if it is right, the fault is the provider’s.',
  },
  handshake: {
    ru: 'Не удалось договориться о защищённом соединении. Проверьте, что адрес начинается с https и порт верный.',
    en: 'The secure connection could not be agreed on. Check that the address begins with https and the port is right.',
  },
};

const protocol: Localized = {
  ru: 'По этому адресу отвечает не провайдер: ответ не похож на его API. Проверьте адрес.',
  en: 'What answers at this address is not the provider: the answer does not look like its API. Check the address.',
};

const byCode: Partial<Record<ErrorCode, Localized>> = {
  auth: {
    ru: 'Провайдер не принял ключ: он неверный, отозван или просрочен. Вставьте действующий ключ целиком.',
    en: 'The provider refused the key: it is wrong, revoked or expired. Paste the whole of a valid key.',
  },
  permission: {
    ru: 'Ключ принят, но прав не хватает. Проверьте в кабинете провайдера, что ключу разрешены запросы к моделям.',
    en: 'The key was accepted but lacks rights. Check in the provider’s console that it may send requests to models.',
  },
  quota_exhausted: {
    ru: 'На счёте у провайдера закончились деньги или квота. Пополните счёт в кабинете провайдера.',
    en: 'The account at the provider has no money or quota left. Top it up in the provider’s console.',
  },
  rate_limited: {
    ru: 'Провайдер пока не принимает больше запросов с этим ключом. Подождите минуту и проверьте снова.',
    en: 'The provider takes no more requests with this key for now. Wait a minute and test again.',
  },
  overloaded: {
    ru: 'Сервер провайдера перегружен или сломан. Дело на его стороне: попробуйте позже.',
    en: 'The provider’s server is overloaded or out of order. The fault is on its side: try again later.',
  },
  timeout: {
    ru: 'Провайдер не ответил вовремя. Проверьте адрес и сеть; если они в порядке, попробуйте позже.',
    en: 'The provider did not answer in time. Check the address and the network; if they are fine, try again later.',
  },
  network: {
    ru: 'До сервера провайдера не дозвониться. Проверьте адрес и сеть.',
    en: 'The provider’s server could not be reached. Check the address and the network.',
  },
  tls: {
    ru: 'Защищённое соединение с сервером провайдера не установлено. Проверьте адрес и сертификаты.',
    en: 'No secure connection to the provider’s server. Check the address and the certificates.',
  },
  model_not_found: {
    ru: 'Провайдер не нашёл по этому адресу нужной модели. Проверьте адрес и доступ к моделям.',
    en: 'The provider did not find the model at this address. Check the address and the access to models.',
  },
  protocol,
};

const refused: Localized = {
  ru: 'Провайдер не принял запрос. Проверьте настройки.',
  en: 'The provider did not accept the request. Check the settings.',
};

/** What an error means that no plugin explained. */
export function textOf({ code, details }: AppError): Localized {
  const reason = typeof details['reason'] === 'string' ? details['reason'] : '';
  const special = code === 'network' ? networkTexts[reason] : code === 'tls' ? tlsTexts[reason] : undefined;
  return special ?? byCode[code] ?? refused;
}

/** Which step an error stops: what comes before it is known to be well. */
export function stepOf(error: ProviderError): CheckName {
  switch (error.code) {
    case 'network':
    case 'tls':
    case 'timeout':
    case 'protocol':
    case 'overloaded':
      return 'reach';
    case 'auth':
      return 'auth';
    case 'invalid_request':
      // Nothing was sent: a setting cannot be worked with.
      if (error.details['status'] === undefined && typeof error.details['setting'] === 'string') return 'settings';
      return error.details['status'] === 404 ? 'reach' : 'access';
    default:
      // No such page: another server than the vendor's, or another part of it.
      return error.details['status'] === 404 ? 'reach' : 'access';
  }
}

/** With what else the probe told. */
export function reachText(notes: readonly Localized[]): Localized {
  const { ru, en } = passedTexts.reach;
  return { ru: [ru, ...notes.map((note) => note.ru)].join(' '), en: [en, ...notes.map((note) => note.en)].join(' ') };
}

export function modelsText(count: number, isLive: boolean): Localized {
  if (!isLive) {
    return {
      ru: 'Провайдер не дал списка моделей: показаны известные заранее.',
      en: 'The provider gave no list of models: those known beforehand are shown.',
    };
  }
  return { ru: `Моделей: ${count}.`, en: `Models: ${count}.` };
}
