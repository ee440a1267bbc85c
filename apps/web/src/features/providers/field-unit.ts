import type { ProviderSettingFieldDto } from '@multimodel/contract';

type Unit = Pick<ProviderSettingFieldDto, 'name' | 'kind'>;

/** Durations are stored in milliseconds, as their names say; people count in seconds. */
export const isDuration = ({ name, kind }: Unit): boolean => kind === 'number' && name.endsWith('Ms');

export const shownNumber = (field: Unit, stored: number): number => (isDuration(field) ? stored / 1_000 : stored);
export const storedNumber = (field: Unit, shown: number): number => (isDuration(field) ? Math.round(shown * 1_000) : shown);

/** The label without the unit that it is stored in. */
export const withoutUnit = (label: string): string => label.replace(/,\s(?:\u043c\u0441|ms)$/, '');
