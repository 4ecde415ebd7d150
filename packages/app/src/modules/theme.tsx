import { ReactNode } from 'react';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  UnifiedThemeOptions,
  UnifiedThemeProvider,
  createUnifiedTheme,
  genPageTheme,
  palettes,
} from '@backstage/theme';
import { RiMoonLine, RiSunLine } from '@remixicon/react';

const fontFamily =
  "'Inter Variable', Inter, 'Vazirmatn Variable', system-ui, sans-serif";

/** Nodes of the relation graph: cards as everywhere, the entity of the page by the accent. */
function relationGraph(accent: string, onAccent: string) {
  return {
    PluginCatalogGraphCustomNode: {
      styleOverrides: {
        node: {
          '&, &.primary': {
            fill: 'var(--bui-bg-neutral-1)',
            stroke: 'var(--bui-border-2)',
          },
          '&.secondary': { fill: accent, stroke: accent },
        },
        text: {
          '&, &.primary': { fill: 'var(--bui-fg-primary)' },
          '&.secondary': { fill: onAccent },
        },
      },
    },
  } as UnifiedThemeOptions['components'];
}

/** Heads of Material UI pages: the ground of a card, as on the portal's own pages, not a coloured wave. */
function plainHeads(paper: string, fontColor: string) {
  return {
    home: genPageTheme({
      colors: [paper, paper],
      shape: 'none',
      options: { fontColor },
    }),
  };
}

/** Material UI pages of other plugins take the same ground, text and accent as Backstage UI does from theme/theme.css. */
const light = createUnifiedTheme({
  palette: {
    ...palettes.light,
    primary: { main: '#2853c7' },
    background: { default: '#f7f8fa', paper: '#ffffff' },
    text: { primary: '#13161d', secondary: '#4a5262' },
    link: '#2450c4',
    linkHover: '#1d3f9b',
  },
  fontFamily,
  pageTheme: plainHeads('#ffffff', '#13161d'),
  components: relationGraph('#2853c7', '#ffffff'),
});

const dark = createUnifiedTheme({
  palette: {
    ...palettes.dark,
    primary: { main: '#8db1ff' },
    background: { default: '#0c0e12', paper: '#13161b' },
    text: { primary: '#edf0f5', secondary: '#b0b8c5' },
    link: '#93b5ff',
    linkHover: '#c0d4ff',
  },
  fontFamily,
  pageTheme: plainHeads('#13161b', '#edf0f5'),
  components: relationGraph('#8db1ff', '#0c0e12'),
});

export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <RiSunLine />,
      Provider: ({ children }: { children?: ReactNode }) => (
        <UnifiedThemeProvider theme={light}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});

export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <RiMoonLine />,
      Provider: ({ children }: { children?: ReactNode }) => (
        <UnifiedThemeProvider theme={dark}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});
