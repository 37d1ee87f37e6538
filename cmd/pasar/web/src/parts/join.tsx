// The door of a lab that is shared with a class.
import { useState } from 'preact/hooks';
import { join, Refused } from '../api';
import { focusOn, load } from '../state';
import { t } from '../strings';

/** Join asks for the code of a class, once. */
export function Join() {
  const [wrong, set] = useState('');
  const enter = async (e: SubmitEvent) => {
    e.preventDefault();
    const code = new FormData(e.currentTarget as HTMLFormElement).get('code') as string;
    try {
      await join(code.trim());
      await load();
      focusOn('content');
    } catch (e) {
      set(!(e instanceof Refused) ? t('app.noServer') : e.status === 403 ? t('join.wrong') : e.message);
    }
  };
  return (
    <form class="card problem" onSubmit={(e) => void enter(e)}>
      <h1>{t('join.title')}</h1>
      <p id="hint">{t('join.hint')}</p>
      <label for="code">{t('join.code')}</label>
      <input id="code" name="code" class="code" spellcheck={false} autocomplete="off" autocapitalize="characters" maxLength={12} required aria-invalid={!!wrong} aria-describedby="hint wrong" />
      <p id="wrong" role="alert">{wrong}</p>
      <button type="submit" class="main">{t('join.enter')}</button>
    </form>
  );
}
