import type { Localized } from '@multimodel/core';

/** What goes wrong when a root certificate is fetched. */
export const rootTexts = {
  refused: (host: string, status: number): Localized => ({
    ru: `${host} не отдал сертификат (статус ${status}): попробуйте позже или впишите сертификат в настройки сами`,
    en: `${host} did not give the certificate (status ${status}): try later, or put the certificate into the settings yourself`,
  }),
  notCertificate: (host: string): Localized => ({
    ru: `${host} прислал не сертификат: скорее всего, на пути стоит прокси со своей страницей`,
    en: `What ${host} sent is no certificate: most likely a proxy on the way answered with a page of its own`,
  }),
  wrongFingerprint: (host: string): Localized => ({
    ru: `${host} прислал другой сертификат, не тот, что ожидался: он не сохранён и ему не доверяют`,
    en: `${host} sent another certificate than the expected one: it was not kept and is not trusted`,
  }),
} as const;
