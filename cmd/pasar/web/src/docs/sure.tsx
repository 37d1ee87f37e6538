// How sure is this? Bands and the word "clear", with a picture that is made up and says so.
import { t } from '../strings';
import { entryOf } from './glossary';

/** Sure explains what bands are, and what they are not. */
export function Sure() {
  return (
    <>
      <p class="lead">{t('sure.lead')}</p>
      <div class="two">
        <figure class="card">
          <Fan />
          <figcaption><b>{entryOf('bands')?.term}</b> {entryOf('bands')?.text} <small>{t('sure.madeUp')}</small></figcaption>
        </figure>
        <figure class="card">
          <Narrowing />
          <figcaption><b>{entryOf('difference')?.term}</b> {entryOf('difference')?.text} <small>{t('sure.madeUp')}</small></figcaption>
        </figure>
      </div>
      <h2>{entryOf('clear')?.term}</h2>
      <p>{entryOf('clear')?.text}</p>
      <ul>
        <li>● {t('sure.clear')}</li><li>○ {t('sure.notClear')}</li><li>◐ {t('sure.depends')}</li><li>= {t('sure.same')}</li>
      </ul>
      <h2>{t('sure.notCovered')}</h2>
      <p>{t('sure.notCoveredText')}</p>
    </>
  );
}

const wave = (i: number, k: number) => 90 - i * 0.9 + 9 * Math.sin(i / 6) + (k - 3) * (2 + i / 9) + 5 * Math.sin(i / 3 + 2 * k);

function Fan() {
  const at = Array.from({ length: 41 }, (_, i) => i);
  const edge = (w: number) => at.map((i) => `${20 + i * 7},${90 - i * 0.9 + 9 * Math.sin(i / 6) - w * (3 + i / 3.4)}`);
  const band = (w: number) => `M${edge(w).join('L')}L${edge(-w).reverse().join('L')}z`;
  return (
    <svg viewBox="0 0 320 150" role="img" aria-label={t('sure.fan')}>
      <path d={band(1.6)} fill="#14344a" opacity="0.13" /><path d={band(0.7)} fill="#14344a" opacity="0.24" />
      {[1, 2, 4, 5].map((k) => <path key={k} d={'M' + at.map((i) => `${20 + i * 7},${wave(i, k)}`).join('L')} fill="none" stroke="#14344a" stroke-width="0.9" opacity="0.5" />)}
      <path d={'M' + edge(0).join('L')} fill="none" stroke="#14344a" stroke-width="2.2" />
      <line x1="20" x2="300" y1="140" y2="140" stroke="#525960" />
    </svg>
  );
}

function Narrowing() {
  const rows = [2, 8, 32];
  return (
    <svg viewBox="0 0 320 150" role="img" aria-label={t('sure.narrow')} font-size="12">
      <line x1="230" x2="230" y1="12" y2="132" stroke="#1f2328" stroke-width="1.6" /><text x="230" y="146" text-anchor="middle">0</text>
      {rows.map((n, i) => {
        const y = 32 + i * 38, half = 150 / Math.sqrt(n);
        return (
          <g key={n}>
            <text x="14" y={y - 2}>{t('run.pairs', { n })}</text>
            <line x1={Math.max(112, 190 - half)} x2={Math.min(312, 190 + half)} y1={y + 10} y2={y + 10} stroke="#14344a" stroke-width="3" /><circle cx="190" cy={y + 10} r="5" fill="#fff" stroke="#14344a" stroke-width="2.4" />
          </g>
        );
      })}
    </svg>
  );
}
