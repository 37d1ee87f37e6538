import { t } from '../strings';

export function DocsScreen() {
  return <h1>{t('nav.docs')}</h1>;
}
