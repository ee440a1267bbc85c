import type { DescribedCommand, DescribedOption } from './describe-program.ts';

export function zshCompletion(commands: readonly DescribedCommand[]): string {
  const names = commands.map(({ name, about }) => `      ${quote(`${name}:${about.replaceAll(':', '\\:')}`)}`);
  const cases = commands.map(({ name, options, words }) => {
    const specs = [...options.flatMap(specsOf), ...(words.length > 0 ? [quote(`1: :(${words.join(' ')})`)] : []), quote('*::_files')];
    return `    ${name})\n      _arguments ${specs.join(' \\\n        ')} ;;`;
  });
  return `#compdef mmc
# mmc for zsh. Put into ~/.zshrc:  eval "$(mmc completion zsh)"
_mmc_models() { compadd -- \${(f)"$(mmc models --quiet 2>/dev/null)"} }
_mmc() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${names.join('\n')}
    )
    _describe command commands
    return
  fi
  local name=$words[2]
  shift words
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}
compdef _mmc mmc
`;
}

function specsOf({ long, short, takesValue, about }: DescribedOption): readonly string[] {
  const text = about.replaceAll(/[[\]:]/g, '\\$&');
  const value = takesValue ? `:value:${long === '--model' ? '_mmc_models' : ''}` : '';
  return (short ? [short, long] : [long]).map((flag) => quote(`${flag}[${text}]${value}`));
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
