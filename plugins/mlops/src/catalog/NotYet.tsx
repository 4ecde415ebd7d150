import { ReactNode } from 'react';
import { MlopsApiError } from '@mlops-portal/plugin-mlops-common';
import { Card, EmptyState } from '../components';
import { HubValue } from '../hooks';

/** An entity may be registered before the hub knows what it stands for: says what will make it instead of an error. */
export function NotYet(props: {
  of: HubValue<unknown>;
  title: string;
  text: string;
  children: ReactNode;
}) {
  const { value, error } = props.of;
  const unknown =
    value === undefined &&
    error instanceof MlopsApiError &&
    error.status === 404;
  if (!unknown) return <>{props.children}</>;
  return (
    <Card title={props.title} flush>
      <EmptyState title={props.text} />
    </Card>
  );
}
