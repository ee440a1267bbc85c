export { fetchWithProgress } from './fetch-with-progress.ts';
export { shelf } from './file-shelf.ts';
