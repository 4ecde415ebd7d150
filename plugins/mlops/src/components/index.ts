/**
 * Parts that every page of the portal is made of.
 *
 * - `Page` (title, state, crumbs, meta, acts, tabs) or, on an entity tab, `TabBody`; inside it `Card`s in `ml-two` / `ml-wide` grids.
 * - `useHub(load, deps, { refreshMs })` asks the hub; `LoadState of={hub} what="Run 47"` shows outline, error, stale age, or the value.
 * - `useAct()` runs one act with its error; `ReasonDialog` asks for the reason of an act that changes production.
 * - `ActButton` is an act of a page: where it is not possible it stays, is off, and says why.
 * - `State` = shape + word from the closed lists (`states.ts`); `StateShape` only where words beside it say the same.
 * - `Figure` in a `FigureStrip`, `Facts` for name/value pairs, `Age` and `Moment` for times (exact value on hover).
 * - `Actor` names who acted, in words, with the exact reference on hover; `ActorText` does so inside a text of the hub.
 * - `IndexPage` is the frame of every index page: filters in the URL, paging by the hub, choice of columns, export of all rows.
 * - `DataTable` + `usePaged` for lists of the hub; `PlainTable` for values of a plot; `ChartFrame` around every plot.
 * - `CopyLink` copies the address of a page whose choices stand in it.
 * - `Sparkline`, `SplitBar`, `MiniLoop`, `MiniBars` are small pictures with their values as label.
 * - `EmptyState` teaches and has one button; `ErrorNotice` names object, reason, next step.
 * - Words: `useText().t(key)`; keys that come from the hub: `say`, `stateWord`, `metricName`. Numbers: `useFormat()`.
 * - State of a view (filters, selection, windows) lives in the URL: `useQueryState(name, fallback)`.
 * - Styles: classes `ml-*` in `src/theme/*.css`, logical properties only; colours only through `--bui-*` and `--ml-*`.
 * - Links: `react-router-dom` `Link` with `paths.*` from `src/routes.ts`.
 */
export { Page, TabBody } from './Page';
export type { Crumb, PageProps, PageTab } from './Page';
export { Card, Facts } from './Card';
export { State, StateShape } from './State';
export { compareUrgency, shapeOf } from './states';
export { Actor } from './Actor';
export { ActorText } from './ActorText';
export { Age, Moment } from './Age';
export { Figure, FigureStrip } from './Figure';
export { EmptyState } from './EmptyState';
export { ErrorNotice } from './ErrorNotice';
export { LoadState } from './LoadState';
export { ScrollBox } from './ScrollBox';
export { Sparkline } from './Sparkline';
export { CopyLink } from './CopyLink';
export { CsvButton } from './CsvButton';
export { ShortName } from './ShortName';
export { SplitBar } from './SplitBar';
export { MiniBars } from './MiniBars';
export { MiniLoop } from './MiniLoop';
export { FilterSelect } from './FilterSelect';
export { Segmented } from './Segmented';
export { ChartFrame, LegendItem, PlainTable } from './ChartFrame';
export type { PlotTable } from './ChartFrame';
export { ActButton } from './ActButton';
export { ReasonDialog } from './ReasonDialog';
export { DataTable, RESETS_PAGE, usePaged } from './DataTable';
export type { DataColumn, Paging } from './DataTable';
export { IndexPage } from './IndexPage';
export type { IndexColumn, IndexFilter, IndexPageProps } from './IndexPage';
export { ExportButton } from './ExportButton';
