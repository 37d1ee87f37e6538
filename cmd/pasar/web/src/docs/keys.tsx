// Which keys do what, and the switch that turns single-letter keys off.
import { useState } from 'preact/hooks';
import { keysOn } from '../run/replay';
import { t, type Key } from '../strings';

const rows: [string, Key][] = [
  ['Tab, Shift+Tab', 'keys.tab'], ['← →', 'keys.arrows'], ['Shift+← →', 'keys.four'], ['PgUp, PgDn', 'keys.quarter'], ['Home, End', 'keys.ends'], ['Esc', 'keys.esc'],
  ['← → Enter', 'keys.edge'], ['↑ ↓', 'keys.guess'], ['T', 'keys.table'], ['Space, K', 'keys.play'], [', .', 'keys.step'], ['1 – 9', 'keys.event'], ['?', 'keys.help'],
];

/** Keys lists them. */
export function Keys() {
  const [on, set] = useState(keysOn());
  const change = (to: boolean) => {
    try {
      localStorage.setItem('pasar.keys', to ? 'on' : 'off');
    } catch {
      // a browser that keeps nothing has them on
    }
    set(keysOn());
  };
  return (
    <>
      <table class="plain"><tbody>{rows.map(([k, what]) => <tr key={k}><th scope="row"><kbd>{k}</kbd></th><td>{t(what)}</td></tr>)}</tbody></table>
      <p><label><input type="checkbox" checked={on} onChange={(e) => change(e.currentTarget.checked)} /> {t('keys.on')}</label></p>
    </>
  );
}
