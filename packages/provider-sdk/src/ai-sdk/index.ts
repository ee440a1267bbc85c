export { type AiSdkChatModelDeps, createAiSdkChatModel } from './ai-sdk-chat-model.ts';
export { type ErrorPlace, toAiSdkError } from './ai-sdk-error.ts';
export { type AiSdkLanguageModel, type AiSdkSpecification, aiSdkSpecifications, isAiSdkLanguageModel } from './language-model.ts';
export { type AiSdkPackage, loadAiSdkPackage } from './load-package.ts';
export { createPackageFetch, type PackageFetch } from './package-fetch.ts';
