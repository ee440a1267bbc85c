import type { DescribedCommand } from './describe-program.ts';

export function bashCompletion(commands: readonly DescribedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, options, words }) => {
    const flags = options.flatMap(({ long, short }) => (short ? [long, short] : [long]));
    return `    ${name}) words='${[...words, ...flags].join(' ')}' ;;`;
  });
  return `# mmc for bash. Put into ~/.bashrc:  eval "$(mmc completion bash)"
_mmc() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${names} --help --version'
  elif [ "$previous" = '-m' ] || [ "$previous" = '--model' ]; then
    words="$(mmc models --quiet 2>/dev/null)"
  else
    case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _mmc mmc
`;
}
