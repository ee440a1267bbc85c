import { describeProvider } from '@multimodel/provider-sdk/testing';
import { exampleGoogleKey, startGoogleSimulator } from '@multimodel/simulators';
import { describe, test } from 'vitest';
import { google } from './google.ts';

const settings = (url: string) => ({ apiKey: exampleGoogleKey, baseUrl: `${url}/v1beta` });
const startSimulator = () => startGoogleSimulator();

describe('Gemini', () => {
  describeProvider(google, { settings, model: 'gemini-2.5-flash', startSimulator, describe, test });
});

describe('Gemma, which knows no instructions', () => {
  describeProvider(google, { settings, model: 'gemma-3-27b-it', startSimulator, describe, test });
});
