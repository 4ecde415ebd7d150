import { useEffect } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';

/** The page that was left takes its own title back a frame later; the new one is written again after that. */
const AFTER_LEAVING_MS = 100;

/** Title of the document: the page, then the section that is open, then the name of the portal. */
export function useDocumentTitle(page: string, section?: string): void {
  const portal = useApi(configApiRef).getOptionalString('app.title');
  const title = [page, section, portal].filter(Boolean).join(' | ');
  useEffect(() => {
    const write = () => {
      document.title = title;
    };
    write();
    const timer = setTimeout(write, AFTER_LEAVING_MS);
    return () => clearTimeout(timer);
  }, [title]);
}
