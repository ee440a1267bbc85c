import { describeProvider } from '@multimodel/provider-sdk/testing';
import { exampleAuthorizationKey, startGigaChatSimulator } from '@multimodel/simulators';
import { describe, test } from 'vitest';
import { gigachat } from './gigachat.ts';

const settings = (http: '1.1' | '2', protocol: 'v1' | 'v2') => (url: string) => ({
  authorizationKey: exampleAuthorizationKey,
  baseUrl: `${url}/v1`,
  authUrl: `${url}/api/v2/oauth`,
  http,
  protocol,
});

describe.each(['1.1', '2'] as const)('over HTTP/%s', (http) => {
  describe.each(['v1', 'v2'] as const)('%s', (protocol) => {
    const startSimulator = () => startGigaChatSimulator();
    describeProvider(gigachat, { settings: settings(http, protocol), model: 'GigaChat-2', startSimulator, describe, test });
  });
});
