import type { TrustedRoot } from '@multimodel/core';

/**
 * The root that GigaChat's hosts present and that the usual lists lack, valid until 2032-02-27. The fingerprint is kept here, not the
 * file: it is fetched from the state services portal when a person asks for it. Where it is linked: https://www.gosuslugi.ru/crt
 */
export const russianRoot: TrustedRoot = {
  name: { ru: 'Корневой сертификат Минцифры (Russian Trusted Root CA)', en: 'Russian Trusted Root CA' },
  url: 'https://gu-st.ru/content/lending/russian_trusted_root_ca_pem.crt',
  fingerprint: 'D2:6D:2D:02:31:B7:C3:9F:92:CC:73:85:12:BA:54:10:35:19:E4:40:5D:68:B5:BD:70:3E:97:88:CA:8E:CF:31',
};
