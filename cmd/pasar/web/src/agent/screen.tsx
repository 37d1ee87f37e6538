import { t } from '../strings';

export function AgentScreen() {
  return <h1>{t('nav.agent')}</h1>;
}
