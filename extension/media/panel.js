// Leads from the elements of a view to their places in the sources, and zooms pictures.
const editor = acquireVsCodeApi();

for (const element of document.querySelectorAll('[data-location]')) {
  const reveal = (event) => {
    event.preventDefault();
    event.stopPropagation();
    editor.postMessage({ location: Number(element.dataset.location) });
  };
  element.addEventListener('click', reveal);
  if (element.tagName === 'A') continue;
  element.setAttribute('tabindex', '0');
  element.setAttribute('role', 'link');
  element.setAttribute('aria-label', element.querySelector('title')?.textContent ?? '');
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') reveal(event);
  });
}

const picture = document.querySelector('.picture svg');
if (picture) {
  const [width, height] = [Number(picture.getAttribute('width')), Number(picture.getAttribute('height'))];
  // At first as wide as the view, but never too small to read.
  const fitting = Math.max(0.5, Math.min(1, picture.parentElement.clientWidth / width));
  let zoom = editor.getState()?.zoom ?? fitting;
  const apply = () => {
    picture.setAttribute('width', String(width * zoom));
    picture.setAttribute('height', String(height * zoom));
  };
  const by = (factor) => {
    zoom = factor === 0 ? fitting : Math.min(4, Math.max(0.2, zoom * factor));
    editor.setState({ zoom });
    apply();
  };
  const keys = { '+': 1.2, '-': 1 / 1.2, 0: 0 };
  document.addEventListener('keydown', (event) => {
    if (event.key in keys && !event.ctrlKey && !event.metaKey) by(keys[event.key]);
  });
  document.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      by(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    },
    { passive: false },
  );
  apply();
}
