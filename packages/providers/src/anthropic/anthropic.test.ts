import { describeProvider } from '@multimodel/provider-sdk/testing';
import { exampleAnthropicKey, startAnthropicSimulator } from '@multimodel/simulators';
import { describe, test } from 'vitest';
import { anthropic } from './anthropic.ts';

const settings = (url: string) => ({ apiKey: exampleAnthropicKey, baseUrl: url });
const startSimulator = () => startAnthropicSimulator();

describe('a model that thinks with a budget', () => {
  describeProvider(anthropic, { settings, model: 'claude-haiku-4-5', startSimulator, describe, test });
});

describe('a model that always thinks', () => {
  describeProvider(anthropic, { settings, model: 'claude-opus-5-5', startSimulator, describe, test });
});
