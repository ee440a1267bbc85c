import type { Localized } from '@multimodel/core';

/** What each fault of GigaChat means and what mends it, in one sentence. `{name}` is filled in from the error's details. */
export const faultTexts = {
  scopeUnknown: {
    ru: 'GigaChat не знает такой версии API: выберите в настройках PERS, B2B или CORP.',
    en: 'GigaChat does not know this scope: choose PERS, B2B or CORP in the settings.',
  },
  keyUnreadable: {
    ru: 'GigaChat не смог прочитать ключ авторизации: скопируйте его из личного кабинета ещё раз, целиком.',
    en: 'GigaChat could not read the authorization key: copy the whole of it from the cabinet again.',
  },
  scopeMissing: {
    ru: 'GigaChat не получил версию API: укажите в настройках PERS, B2B или CORP.',
    en: 'GigaChat got no scope: set PERS, B2B or CORP in the settings.',
  },
  keyWrong: {
    ru: 'GigaChat не принял ключ авторизации, он неверный или отозван: создайте в личном кабинете новый и вставьте его целиком.',
    en: 'GigaChat refused the authorization key, which is wrong or revoked: make a new one in the cabinet and paste the whole of it.',
  },
  scopeOther: {
    ru: 'Ключ авторизации выпущен для другой версии API: выберите в настройках ту, что указана рядом с ключом в кабинете (PERS, B2B или CORP).',
    en: 'The authorization key was made for another scope: choose in the settings the one that the cabinet shows beside the key (PERS, B2B or CORP).',
  },
  requestIdRefused: {
    ru: 'Служба токенов GigaChat не приняла номер запроса: проверьте, что прокси на пути не убирает заголовок RqUID.',
    en: 'The token service of GigaChat refused the id of the request: check that no proxy on the way removes the header RqUID.',
  },
  tooManyTokens: {
    ru: 'Служба токенов GigaChat просит подождать: токены запрашивают слишком часто, повторите через минуту.',
    en: 'The token service of GigaChat asks for patience: tokens are asked for too often, try again in a minute.',
  },
  tokenServiceDown: {
    ru: 'Служба токенов GigaChat сломана или перегружена: дело на её стороне, попробуйте позже.',
    en: 'The token service of GigaChat is out of order or overloaded: the fault is on its side, try again later.',
  },
  tokenAddress: {
    ru: 'По адресу выдачи токенов нет службы GigaChat: верните в настройках обычный адрес.',
    en: 'There is no token service of GigaChat at the address for tokens: put the usual address back into the settings.',
  },
  passwordWrong: {
    ru: 'Установка GigaChat не приняла имя пользователя или пароль: проверьте их у её администратора.',
    en: 'This installation of GigaChat refused the user name or the password: check them with its administrator.',
  },
  tokenExpired: {
    ru: 'Токен GigaChat истёк, а новый не помог: вставьте новый токен, а лучше ключ авторизации.',
    en: 'The token of GigaChat has expired and a new one did not help: paste a new token, or better an authorization key.',
  },
  tokenRefused: {
    ru: 'GigaChat не принял токен: проверьте ключ авторизации и то, что адрес API относится к этой же учётной записи.',
    en: 'GigaChat refused the token: check the authorization key, and that the API address belongs to the same account.',
  },
  unpaid: {
    ru: 'Токены для этой модели закончились: докупите пакет в личном кабинете GigaChat API или выберите другую модель.',
    en: 'The tokens for this model are used up: buy a package in the cabinet of GigaChat API, or choose another model.',
  },
  headersRemoved: {
    ru: 'GigaChat отказал, не увидев заголовок User-Agent: проверьте, что прокси на пути его не убирает.',
    en: 'GigaChat refused because it saw no header User-Agent: check that no proxy on the way removes it.',
  },
  forbidden: {
    ru: 'Договору этой учётной записи такой запрос не разрешён: выберите другую модель или спросите у поддержки GigaChat API.',
    en: 'The contract of this account does not allow this request: choose another model, or ask the support of GigaChat API.',
  },
  noModel: {
    ru: 'Этой модели нет по этому адресу или для этой учётной записи: выберите другую из списка или смените адрес API в настройках.',
    en: 'This model is not at this address or not for this account: choose another one from the list, or change the API address in the settings.',
  },
  noFile: {
    ru: 'GigaChat больше не хранит приложенный файл: приложите его к новому сообщению.',
    en: 'GigaChat does not keep the attached file any more: attach it to a new message.',
  },
  noTool: {
    ru: 'У этой модели нет встроенной функции, которую просили: выключите в настройках рисование или выберите другую модель.',
    en: 'This model lacks a built-in function that was asked for: switch off drawing in the settings, or choose another model.',
  },
  wrongAddress: {
    ru: 'По этому адресу нет API GigaChat: обычно это https://api.giga.chat/v1 — верните его в настройках.',
    en: 'There is no API of GigaChat at this address: usually it is https://api.giga.chat/v1, so put that back into the settings.',
  },
  tooLarge: {
    ru: 'Запрос больше, чем принимает GigaChat: уменьшите файл или текст.',
    en: 'The request is larger than GigaChat takes: make the file or the text smaller.',
  },
  contextTooLong: {
    ru: 'Разговор длиннее {limit} токенов, которые помещаются в эту модель: начните новый чат или выберите модель с окном побольше.',
    en: 'The conversation is longer than the {limit} tokens of this model: begin a new chat or choose a model with a larger window.',
  },
  systemPlace: {
    ru: 'GigaChat принимает одно системное сообщение, и только первым: перенесите указания в начало.',
    en: 'GigaChat takes one system message, and only as the first: move the instructions to the beginning.',
  },
  callWithoutResult: {
    ru: 'В истории вызов функции и его результат стоят порознь: начните новый чат.',
    en: 'In the history a function call and its result do not stand together: begin a new chat.',
  },
  resultNotJson: {
    ru: 'Результат функции не удалось прочитать как JSON: исправьте инструмент, который его вернул.',
    en: 'The result of a function could not be read as JSON: mend the tool that gave it.',
  },
  noFunctions: {
    ru: 'Эта модель не умеет вызывать функции: выберите GigaChat-2-Max или другую модель с функциями.',
    en: 'This model cannot call functions: choose GigaChat-2-Max or another model that can.',
  },
  badFunction: {
    ru: 'GigaChat не принял описание функции: упростите схему её параметров.',
    en: 'GigaChat refused the description of a function: make the schema of its parameters simpler.',
  },
  noImages: {
    ru: 'Эта модель не видит изображений: выберите GigaChat-2-Pro или GigaChat-2-Max.',
    en: 'This model does not see images: choose GigaChat-2-Pro or GigaChat-2-Max.',
  },
  parameterRefused: {
    ru: 'GigaChat не принял один из параметров ответа: верните настройки модели к обычным.',
    en: 'GigaChat refused one of the parameters of the answer: put the settings of the model back to the usual ones.',
  },
  requestRefused: {
    ru: 'GigaChat не смог разобрать запрос: выберите в настройках версию протокола v1 или начните новый чат.',
    en: 'GigaChat could not read the request: choose version v1 of the protocol in the settings, or begin a new chat.',
  },
  tooMany: {
    ru: 'GigaChat занят другим вашим запросом: физическим лицам доступен один за раз, компаниям обычно десять; повторите чуть позже.',
    en: 'GigaChat is busy with another request of yours: individuals have one at a time, companies usually ten; try again in a moment.',
  },
  down: {
    ru: 'GigaChat сломан или перегружен: дело на его стороне, попробуйте позже или выберите другую модель.',
    en: 'GigaChat is out of order or overloaded: the fault is on its side, try again later or choose another model.',
  },
  badCall: {
    ru: 'Модель написала вызов функции с ошибкой: спросите ещё раз.',
    en: 'The model wrote a function call that is wrong: ask again.',
  },
  rootMissing: {
    ru: 'Сертификат GigaChat подписан Минцифры, и этому центру здесь ещё не доверяют: скачайте корневой сертификат кнопкой в форме провайдера или командой mmc trust gigachat.',
    en: 'The certificate of GigaChat is signed by the Russian authority, which is not trusted here yet: download its root with the button in the provider’s form or with mmc trust gigachat.',
  },
  rootUntrusted: {
    ru: 'Сертификат сервера {host} подписан центром, которому здесь не доверяют: впишите корневой сертификат этого центра в настройку «Свои корневые сертификаты».',
    en: 'The certificate of {host} is signed by an authority that is not trusted here: put its root into the setting “Root certificates of your own”.',
  },
  selfSigned: {
    ru: 'Сертификат сервера {host} подписан им самим: проверьте адрес, а если сервер ваш, впишите этот сертификат в настройку «Свои корневые сертификаты».',
    en: 'The certificate of {host} is signed by itself: check the address, and if the server is yours, put that certificate into the setting “Root certificates of your own”.',
  },
  certificateWanted: {
    ru: 'Сервер {host} прервал защищённое соединение: если он узнаёт клиентов по сертификату, впишите сертификат клиента и его ключ.',
    en: 'The server {host} broke off the secure connection: if it knows clients by certificates, enter the client certificate and its key.',
  },
  portClosed: {
    ru: 'До {host} не дозвониться: скорее всего, межсетевой экран закрыл исходящие соединения на порт 9443 — попросите их открыть.',
    en: '{host} cannot be reached: most likely a firewall closes outgoing connections to port 9443, so have them opened.',
  },
  nameUnknown: {
    ru: 'Имя {host} не найдено: проверьте адрес в настройках и доступ сервера в интернет.',
    en: 'The name {host} was not found: check the address in the settings, and the server’s way to the internet.',
  },
} as const satisfies Record<string, Localized>;

export type FaultName = keyof typeof faultTexts;

export const isFaultName = (value: unknown): value is FaultName => typeof value === 'string' && Object.hasOwn(faultTexts, value);

export function faultText(name: FaultName, details: Readonly<Record<string, unknown>>): Localized {
  const told = (member: string): string => {
    const value = details[member];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
  };
  const fill = (text: string): string => text.replace(/\{(\w+)\}/gu, (_whole, member: string) => told(member));
  const { ru, en } = faultTexts[name];
  return { ru: fill(ru), en: fill(en) };
}
