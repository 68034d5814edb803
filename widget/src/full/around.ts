// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

type Method = (...given: never[]) => unknown;

/**
 * Puts `act` around a function that is there, whoever put it there. A proxy of it keeps its name, its
 * length, its own members and what `toString` shows; the descriptor stays as it was, so that whoever
 * comes after us can do the same.
 *
 * @param act given the function, `this` and the arguments; returns what the call returns
 */
export function around(owner: object | undefined, name: string, act: (original: Method, self: unknown, given: unknown[]) => unknown): void {
  const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
  if (typeof descriptor?.value !== 'function' || !descriptor.configurable) return;
  Object.defineProperty(owner!, name, { ...descriptor, value: new Proxy(descriptor.value as Method, { apply: act }) });
}

/** The same for a constructor; `act` may change what it is given. Subclasses keep their own prototype. */
export function aroundNew(name: string, act: (given: unknown[]) => unknown[], then?: (made: object, given: unknown[]) => void): void {
  const descriptor = Object.getOwnPropertyDescriptor(window, name);
  if (typeof descriptor?.value !== 'function') return;
  const construct = (original: Method, given: unknown[], target: Method): object => {
    const made = Reflect.construct(original, act(given), target) as object;
    then?.(made, given);
    return made;
  };
  Object.defineProperty(window, name, { ...descriptor, value: new Proxy(descriptor.value as Method, { construct }) });
}

/** The same for a property with getter and setter. */
export function aroundProperty(
  owner: object | undefined,
  name: string,
  set: (original: Method, self: unknown, given: unknown[]) => unknown,
  get?: (original: Method, self: unknown) => unknown,
): void {
  const descriptor = owner && Object.getOwnPropertyDescriptor(owner, name);
  if (!descriptor?.set || !descriptor.get || !descriptor.configurable) return;
  const { get: getter, set: setter } = descriptor;
  Object.defineProperty(owner!, name, {
    ...descriptor,
    set: new Proxy(setter, { apply: set }),
    get: get ? new Proxy(getter, { apply: get }) : getter,
  });
}

/** The prototype of a class that this browser may not have. */
export function prototypeOf(name: string): object | undefined {
  return (window as unknown as Record<string, { prototype?: object } | undefined>)[name]?.prototype;
}
