import { ReactNode } from 'react';
import { ButtonLink } from '@backstage/ui';

/** What this place will show, and the one button that makes it so. */
export function EmptyState(props: {
  title: string;
  children?: ReactNode;
  action?: { title: string; href: string } | ReactNode;
}) {
  const { action } = props;
  return (
    <div className="ml-empty">
      <h3>{props.title}</h3>
      {props.children && <p className="ml-2">{props.children}</p>}
      {isLink(action) ? (
        <ButtonLink href={action.href} size="small" variant="secondary">
          {action.title}
        </ButtonLink>
      ) : (
        action
      )}
    </div>
  );
}

function isLink(action: unknown): action is { title: string; href: string } {
  return typeof action === 'object' && action !== null && 'href' in action;
}
