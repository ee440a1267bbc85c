import { AppError } from '../errors/app-error.ts';
import { faultTexts } from '../errors/fault-texts.ts';
import type { UserId, WorkspaceId } from '../shared/ids.ts';

export type Role = 'owner' | 'admin' | 'member';

/** Who asks. First argument of every service method. */
export interface Actor {
  readonly kind: 'user' | 'api-key' | 'system';
  readonly userId: UserId;
  readonly workspaceId?: WorkspaceId | undefined;
  readonly role: Role;
}

declare const checked: unique symbol;
/** A value that the actor was found to be allowed to touch. Only `authorize…` makes one. */
export type Authorized<T> = T & { readonly [checked]: true };

interface Owned {
  readonly id: string;
  readonly ownerId: UserId;
}

/** Another person's id answers exactly like one that does not exist. */
export function authorizeOwner<T extends Owned>(actor: Actor, what: 'Chat' | 'Run', id: string, value: T | undefined): Authorized<T> {
  if (!value || value.ownerId !== actor.userId) {
    throw new AppError('not_found', faultTexts.notFound(what, id), { details: { what, id } });
  }
  return value as Authorized<T>;
}

export function requireAdmin(actor: Actor): void {
  if (actor.role === 'member') throw new AppError('forbidden', faultTexts.adminOnly);
}
