import { t } from '../strings';

export function EditScreen() {
  return <h1>{t('nav.edit')}</h1>;
}
