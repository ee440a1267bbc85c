/**
 * For lists that tell nothing but names: which entries are not for chats. Only what is offered depends on it, never how a model is asked,
 * and a model that is missed can be named in the settings.
 */
const embeddings = /embed|(?:^|[/_-])(?:bge|gte|e5|minilm)(?:[/_-]|$)/iu;
const others =
  /whisper|(?:^|[/_-])(?:tts|stt|asr|ocr|dall-e|sora|davinci|babbage|omni-moderation)(?:[/_-]|$)|text-moderation|transcribe|realtime|moderation|rerank|gpt-image|image-gen|stable-diffusion|flux|-audio(?:-|$)|speech|guard(?:[/_-]|$)|(?:^|[/_-])(?:wan|cosyvoice|paraformer)/iu;

export function kindByName(id: string): 'chat' | 'embedding' | undefined {
  if (embeddings.test(id)) return 'embedding';
  return others.test(id) ? undefined : 'chat';
}
