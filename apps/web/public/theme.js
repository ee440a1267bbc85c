// Blocks the first paint for as long as it takes to read one value, so that the page never flashes in the other theme.
(() => {
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem('mmc.preferences') ?? '{}') ?? {};
  } catch {
    // A private window: the system decides.
  }
  const isDark = chosen.theme === 'dark' || (chosen.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  const language =
    chosen.language ?? navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'ru' || tag === 'en');
  document.documentElement.lang = language === 'ru' ? 'ru' : 'en';
})();
