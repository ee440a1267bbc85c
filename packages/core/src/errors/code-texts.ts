import { inLanguage, type Language, type Localized, type Told } from '../shared/localized.ts';
import type { ErrorCode } from './error-code.ts';

/** What each code means, for errors that say no more themselves. */
export const codeTexts = {
  auth: { ru: 'Провайдер не принял ключ', en: 'The provider refused the credentials' },
  permission: { ru: 'У ключа нет прав на этот запрос', en: 'The credentials do not allow this request' },
  quota_exhausted: { ru: 'На счёте у провайдера закончилась квота', en: 'The account has no paid quota left' },
  rate_limited: { ru: 'Провайдер пока не принимает больше запросов', en: 'The provider allows no more requests for now' },
  overloaded: { ru: 'Провайдер перегружен или сломан', en: 'The provider is overloaded or out of order' },
  timeout: { ru: 'Провайдер не ответил вовремя', en: 'The provider did not answer in time' },
  network: { ru: 'До провайдера не дозвониться', en: 'The provider could not be reached' },
  tls: { ru: 'Соединение с провайдером не защищено', en: 'The connection to the provider is not secure' },
  model_not_found: { ru: 'Провайдер не знает такой модели', en: 'The provider does not know this model' },
  context_too_long: { ru: 'Запрос длиннее, чем принимает модель', en: 'The request is longer than the model allows' },
  invalid_request: { ru: 'Провайдер не принял запрос', en: 'The provider did not accept the request' },
  content_filtered: { ru: 'Провайдер отказался отвечать на это', en: 'The provider refused the content' },
  protocol: { ru: 'Провайдер ответил не так, как должен', en: 'The provider answered in an unexpected way' },
  cancelled: { ru: 'Запрос отменён', en: 'The request was cancelled' },
  validation_failed: { ru: 'Данные не приняты', en: 'The data was not accepted' },
  unauthorized: { ru: 'Нужно войти', en: 'Sign in first' },
  forbidden: { ru: 'На это нет прав', en: 'This is not allowed' },
  not_found: { ru: 'Этого здесь нет', en: 'There is no such thing here' },
  method_not_allowed: { ru: 'Такой запрос по этому адресу не принимается', en: 'This method is not served here' },
  conflict: { ru: 'Сейчас это сделать нельзя', en: 'This cannot be done as things stand' },
  idempotency_conflict: { ru: 'Ключ повторного запроса уже занят', en: 'This Idempotency-Key was used for another request' },
  payload_too_large: { ru: 'Запрос слишком большой', en: 'The request is too large' },
  unsupported_media_type: { ru: 'Такой формат данных не принимается', en: 'This type of data is not accepted' },
  attachment_not_supported: { ru: 'Модель не примет этот файл', en: 'The model does not take this file' },
  too_many_requests: { ru: 'Слишком много запросов подряд', en: 'Too many requests in a row' },
  provider_not_configured: { ru: 'Провайдер не настроен', en: 'The provider is not configured' },
  queue_full: { ru: 'Очередь к провайдеру переполнена', en: 'The queue for the provider is full' },
  storage_unavailable: { ru: 'База данных сейчас не отвечает', en: 'The database does not answer right now' },
  shutting_down: { ru: 'Сервер выключается', en: 'The server is going down' },
  internal: { ru: 'На сервере что-то сломалось', en: 'Something went wrong on the server' },
} as const satisfies Record<ErrorCode, Localized>;

interface CodedFault extends Told {
  readonly code: ErrorCode;
}

/** An error in the reader's language. What only a vendor or a plugin has words for is quoted after what its code means. */
export function sentenceOf(fault: CodedFault, language: Language): string {
  if (language === 'en' || fault.text) return inLanguage(fault, language);
  return `${codeTexts[fault.code][language]}: ${fault.message}`;
}
