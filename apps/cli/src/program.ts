import { Command } from 'commander';
import { type ChatOptions, chat } from './commands/chat.ts';
import { completion } from './commands/completion.ts';
import { doctor } from './commands/doctor.ts';
import { migrate } from './commands/migrate.ts';
import { models } from './commands/models.ts';
import { type PluginOptions, plugin } from './commands/plugin.ts';
import { providers } from './commands/providers.ts';
import { serve } from './commands/serve.ts';
import { simulate } from './commands/simulate.ts';
import { trust } from './commands/trust.ts';
import { type Context, serverUrl } from './context.ts';
import type { TextKey } from './texts/catalogue.ts';
import type { Texts } from './texts/texts.ts';

interface Wiring {
  readonly context: Context;
  /** Takes the exit code of the command that ran. */
  readonly done: (exitCode: number) => void;
}

interface CommonOptions {
  readonly server?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The whole command line, in the language of the terminal. */
export function createProgram(wiring: Wiring, version: string): Command {
  const { texts } = wiring.context;
  const program = new Command('mmc')
    .description(texts.say('about'))
    .version(version, '-V, --version', texts.say('optionVersion'))
    .helpCommand(false)
    .addHelpText('after', `\n${texts.say('aboutAfter')}`);
  // Read before the rest: everything else is said in this language.
  program.option('--lang <language>', texts.say('optionLanguage'));
  prepare(program, texts);
  // What is made from here on takes the settings of the program along.
  addStarters(program, wiring);
  addChat(program, wiring);
  addLists(program, wiring);
  addTrust(program, wiring);
  addDoctor(program, wiring);
  addPlugin(program, wiring);
  program
    .command('completion')
    .description(texts.say('commandCompletion'))
    .argument('<shell>', texts.say('argumentShell'))
    .action((shell: string) => wiring.done(completion(wiring.context, shell, program)));
  for (const command of program.commands) {
    // The server has a help of its own.
    if (command.name() === 'serve') command.helpOption(false);
    else command.helpOption('-h, --help', texts.say('optionHelp'));
  }
  return program;
}

const titles: Readonly<Record<string, TextKey>> = {
  'Usage:': 'titleUsage',
  'Arguments:': 'titleArguments',
  'Options:': 'titleOptions',
  'Commands:': 'titleCommands',
};

function prepare(program: Command, texts: Texts): void {
  const styleUsage = (usage: string): string =>
    usage.replace('[options]', texts.say('placeOptions')).replace('[command]', texts.say('placeCommand'));
  program
    .helpOption('-h, --help', texts.say('optionHelp'))
    .exitOverride()
    // Faults are told in one place, translated.
    .configureOutput({ outputError: () => undefined })
    .configureHelp({
      styleUsage,
      styleSubcommandTerm: styleUsage,
      styleTitle: (title) => {
        const key = titles[title];
        return key === undefined ? title : texts.say(key);
      },
      optionDescription: ({ description, defaultValue }) =>
        defaultValue === undefined ? description : `${description} (${texts.say('defaultValue', { value: String(defaultValue) })})`,
    });
}

/** Commands that hand their options on to another program of ours. */
function addStarters(program: Command, { context, done }: Wiring): void {
  const { texts } = context;
  const starter = (name: string, about: TextKey): Command =>
    program
      .command(name)
      .description(texts.say(about))
      .allowUnknownOption()
      .allowExcessArguments()
      .option('--json', texts.say('optionJson'));
  starter('serve', 'commandServe').action(async (options: CommonOptions, { args }: Command) => done(await serve(context, args, options)));
  starter('migrate', 'commandMigrate').action(async (options: CommonOptions, { args }: Command) =>
    done(await migrate(context, args, options)),
  );
  starter('simulate', 'commandSimulate')
    .argument('<vendor>', texts.say('argumentVendor'))
    .action(async (_vendor: string, options: CommonOptions, { args }: Command) => done(await simulate(context, args, options)));
}

function addChat(program: Command, { context, done }: Wiring): void {
  const { texts } = context;
  program
    .command('chat')
    .description(texts.say('commandChat'))
    .argument('[message...]', texts.say('argumentMessage'))
    .option('-m, --model <model>', texts.say('optionModel'))
    .option('-s, --system <text>', texts.say('optionSystem'))
    .option('-t, --temperature <number>', texts.say('optionTemperature'))
    .option('-c, --chat <id>', texts.say('optionChat'))
    .option('-i, --interactive', texts.say('optionInteractive'))
    .option('--server <url>', texts.say('optionServer'))
    .option('--json', texts.say('optionJsonLines'))
    .action(async (words: string[], options: Omit<ChatOptions, 'url'> & CommonOptions) =>
      done(await chat(context, words, { ...options, url: serverUrl(context, options.server) })),
    );
}

function addLists(program: Command, { context, done }: Wiring): void {
  const { texts } = context;
  const list = (name: string, about: TextKey): Command =>
    program
      .command(name)
      .description(texts.say(about))
      .option('--server <url>', texts.say('optionServer'))
      .option('--json', texts.say('optionJson'));
  list('models', 'commandModels')
    .option('-q, --quiet', texts.say('optionQuiet'))
    .action(async (options: CommonOptions) => done(await models(context, { ...options, url: serverUrl(context, options.server) })));
  list('providers', 'commandProviders').action(async (options: CommonOptions) =>
    done(await providers(context, { ...options, url: serverUrl(context, options.server) })),
  );
}

function addTrust(program: Command, { context, done }: Wiring): void {
  const { texts } = context;
  program
    .command('trust')
    .description(texts.say('commandTrust'))
    .argument('<plugin>', texts.say('argumentTrustPlugin'))
    .option('--server <url>', texts.say('optionServer'))
    .option('--json', texts.say('optionJson'))
    .action(async (plugin: string, options: CommonOptions) =>
      done(await trust(context, plugin, { ...options, url: serverUrl(context, options.server) })),
    );
}

function addDoctor(program: Command, { context, done }: Wiring): void {
  const { texts, env } = context;
  program
    .command('doctor')
    .description(texts.say('commandDoctor'))
    .allowUnknownOption()
    .allowExcessArguments()
    .option('--server <url>', texts.say('optionServer'))
    .option('--json', texts.say('optionJson'))
    .action(async ({ server, json }: CommonOptions, { args }: Command) => {
      const isTold = server !== undefined || Boolean(env['MMC_SERVER']);
      done(await doctor(context, args, { json, url: isTold ? serverUrl(context, server) : undefined }));
    });
}

function addPlugin(program: Command, { context, done }: Wiring): void {
  const { texts } = context;
  program
    .command('plugin')
    .description(texts.say('commandPlugin'))
    .argument('<action>', texts.say('argumentPluginAction'))
    .argument('<target>', texts.say('argumentPluginTarget'))
    .option('--token <token>', texts.say('optionPluginToken'))
    .option('--json', texts.say('optionJsonCases'))
    .action(async (action: string, target: string, options: PluginOptions) => done(await plugin(context, [action, target], options)));
}
