import { ReactNode, useId } from 'react';
import { Button, Tooltip, TooltipTrigger } from '@backstage/ui';

interface ActButtonProps {
  variant?: 'primary' | 'secondary';
  destructive?: boolean;
  /** Why it cannot be done now; the button stays where it is, can be reached by keyboard, and says so. */
  why?: string;
  /** While it is being done. */
  busy?: boolean;
  onPress: () => void;
  children: ReactNode;
}

/** An act of a page. One that is not possible is not hidden: it is off, and its tooltip and description say why. */
export function ActButton(props: ActButtonProps) {
  const { variant = 'secondary', destructive, why, children } = props;
  const id = useId();
  const look = { size: 'small', variant, destructive } as const;
  if (!why)
    return (
      <Button {...look} isPending={props.busy} onPress={props.onPress}>
        {children}
      </Button>
    );
  // A `disabled` button takes no focus and so could not tell its reason.
  return (
    <>
      <TooltipTrigger delay={150}>
        <Button {...look} aria-disabled="true" aria-describedby={id}>
          {children}
        </Button>
        <Tooltip>{why}</Tooltip>
      </TooltipTrigger>
      <span id={id} hidden>
        {why}
      </span>
    </>
  );
}
