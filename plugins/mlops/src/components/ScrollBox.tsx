import { ReactNode } from 'react';

/** Something wide that scrolls sideways on small screens; reachable by keyboard, named by `label`. */
export function ScrollBox(props: { label?: string; children: ReactNode }) {
  return (
    <div
      className="ml-scroll"
      role="group"
      aria-label={props.label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling area must be reachable by keyboard
      tabIndex={0}
    >
      {props.children}
    </div>
  );
}
