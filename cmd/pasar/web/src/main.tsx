// The entry: language, address, data, screen.
import { render } from 'preact';
import { App } from './app';
import './style.css';
import './parts.css';
import './screens.css';
import { firstLang, follow, load, setLang } from './state';

addEventListener('hashchange', follow);
addEventListener('popstate', follow);
void load();
await setLang(firstLang()).catch(() => undefined); // without its words the page speaks English
render(<App />, document.getElementById('app')!);
