import { render } from 'preact';
import { App } from './app';
import './style.css';
import './parts.css';
import './screens.css';
import { firstLang, follow, load, setLang } from './state';

setLang(firstLang());
addEventListener('hashchange', follow);
addEventListener('popstate', follow);
void load();
render(<App />, document.getElementById('app')!);
