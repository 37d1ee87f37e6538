// Tours are lists of links with one sentence each.
import { lang } from '../strings';

export type Tour = { id: string; title: string; steps: { hash: string; text: string }[] };
type Both = { en: string; id: string };
const all: { id: string; title: Both; steps: { hash: string; text: Both }[] }[] = [
  {
    id: 'start',
    title: { en: 'First tour', id: 'Tur pertama' },
    steps: [
      { hash: '#/run?s=no-ban&base=no-ban&seed=1&n=8', text: { en: 'A past without the rule. Look at the black line: TikTok Shop goes on growing. Play the replay at the bottom of the page.', id: 'Masa lalu tanpa aturan. Lihat garis hitam: TikTok Shop terus tumbuh. Putar ulang di bagian bawah halaman.' } },
      { hash: '#/run?s=ban&base=no-ban&seed=1&n=8', text: { en: 'The shop closes on 4 October 2023 and stays closed. Before you look: where do its buyers go?', id: 'Toko tutup pada 4 Oktober 2023 dan tetap tutup. Sebelum melihat: ke mana pembelinya pergi?' } },
      { hash: '#/run?s=pilot&base=no-ban&seed=1&n=8&w=2023-12-11', text: { en: 'As it happened. On 12 December the shop comes back as a pilot. Move a lever on the left, such as how smoothly one can pay after the reopening.', id: 'Seperti yang terjadi. Pada 12 Desember toko kembali sebagai uji coba. Geser satu tuas di kiri, misalnya kelancaran membayar setelah dibuka lagi.' } },
      { hash: '#/compare?a=no-ban&b=pilot&seed=1&n=8', text: { en: 'Both worlds side by side, with the same luck. Read the last column of the table first: is a difference clear at all?', id: 'Dua dunia berdampingan, dengan keberuntungan yang sama. Baca dulu kolom terakhir tabel: apakah selisihnya jelas?' } },
      { hash: '#/agent?a=no-ban&b=pilot&seed=1&n=8', text: { en: 'Averages hide people. Choose one seller and read what it did, and why, in both worlds.', id: 'Rata-rata menyembunyikan orang. Pilih satu penjual dan baca apa yang dilakukannya, dan mengapa, di dua dunia.' } },
    ],
  },
  {
    id: 'sure',
    title: { en: 'How sure is this?', id: 'Seberapa yakin?' },
    steps: [
      { hash: '#/run?s=pilot&base=no-ban&seed=1&n=8&y=sales,total', text: { en: 'Tick “12 single runs” under the chart: each thin line is one luck. The dark band holds half of them.', id: 'Centang “12 simulasi tunggal” di bawah grafik: tiap garis tipis adalah satu keberuntungan. Pita gelap memuat separuhnya.' } },
      { hash: '#/run?s=pilot&base=no-ban&seed=101&n=8&y=sales,total', text: { en: 'The same world with other luck. What has moved is chance; what has not is the rule at work.', id: 'Dunia yang sama dengan keberuntungan lain. Yang berubah adalah kebetulan; yang tetap adalah aturannya.' } },
      { hash: '#/docs?page=sure', text: { en: 'What the bands and the word “clear” mean, with a picture.', id: 'Arti pita dan kata “jelas”, dengan gambar.' } },
    ],
  },
];

/** tours are all tours in the language of the screen. */
export const tours = (): Tour[] => all.map((x) => ({
  id: x.id, title: x.title[lang.value], steps: x.steps.map((s) => ({ hash: s.hash, text: s.text[lang.value] })),
}));
