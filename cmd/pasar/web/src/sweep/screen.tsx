import { t } from '../strings';

export function SweepScreen() {
  return <h1>{t('nav.sweep')}</h1>;
}
