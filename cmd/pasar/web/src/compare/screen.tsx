import { t } from '../strings';

export function CompareScreen() {
  return <h1>{t('nav.compare')}</h1>;
}
