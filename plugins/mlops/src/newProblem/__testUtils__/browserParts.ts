import '@testing-library/jest-dom';

// Parts of a browser that jsdom lacks and lists of options use.
Object.assign(globalThis, {
  CSS: { escape: (text: string) => text.replace(/[^\w-]/g, c => `\\${c}`) },
});
Object.assign(Element.prototype, { scrollIntoView: () => {} });
