import type { MermaidConfig } from 'mermaid';
import type { DiagramTheme } from '../features/markdown/diagram/diagram-protocol.ts';

/** The same names on this machine for measuring here and for showing as a picture, where the page's own fonts do not reach. */
const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const maxEdges = 400;

const palettes = {
  light: {
    darkMode: false,
    background: '#ffffff',
    primaryColor: '#eceffb',
    primaryTextColor: '#22201d',
    primaryBorderColor: '#8f9ed8',
    secondaryColor: '#f3efe6',
    secondaryTextColor: '#22201d',
    secondaryBorderColor: '#c9bda3',
    tertiaryColor: '#f7f5f2',
    tertiaryTextColor: '#22201d',
    tertiaryBorderColor: '#d8d3cb',
    lineColor: '#6a655d',
    textColor: '#22201d',
    titleColor: '#22201d',
    edgeLabelBackground: '#ffffff',
    noteBkgColor: '#fdf4da',
    noteTextColor: '#22201d',
    noteBorderColor: '#d9c688',
  },
  dark: {
    darkMode: true,
    background: '#232120',
    primaryColor: '#2d3450',
    primaryTextColor: '#ece9e5',
    primaryBorderColor: '#7586cc',
    secondaryColor: '#3a352b',
    secondaryTextColor: '#ece9e5',
    secondaryBorderColor: '#7d7258',
    tertiaryColor: '#2c2a27',
    tertiaryTextColor: '#ece9e5',
    tertiaryBorderColor: '#57524b',
    lineColor: '#b0aaa1',
    textColor: '#ece9e5',
    titleColor: '#ece9e5',
    edgeLabelBackground: '#232120',
    noteBkgColor: '#40391f',
    noteTextColor: '#ece9e5',
    noteBorderColor: '#8c7d48',
  },
} as const;

/** What a diagram may not change by its own directives: everything about safety and size, and what keeps it readable here. */
const secure = [
  'secure',
  'securityLevel',
  'startOnLoad',
  'maxTextSize',
  'maxEdges',
  'suppressErrorRendering',
  'htmlLabels',
  'dompurifyConfig',
  'theme',
  'themeVariables',
  'themeCSS',
  'fontFamily',
  'altFontFamily',
  'darkMode',
  'logLevel',
];

export function configFor(theme: DiagramTheme): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    secure,
    htmlLabels: false,
    flowchart: { curve: 'basis' },
    suppressErrorRendering: true,
    maxEdges,
    logLevel: 'fatal',
    deterministicIds: true,
    fontFamily,
    theme: 'base',
    themeCSS: '.edgeLabel rect { opacity: 1; }',
    themeVariables: { ...palettes[theme], fontFamily, fontSize: '15px' },
  };
}
