// The findings of `check`, at the elements concerned.
//   in : the findings of the page's data
//   out: a list; subjects are links
import type { JSX } from 'preact';
import { ChangeChip, Chip, markOf, Name, Rows, Said, useShared } from '../bits';

/** Findings that are shown without being asked for. */
const MAX_FINDINGS = 300;

export function Findings(): JSX.Element {
  const { all } = useShared();
  const { findings } = all.payload;
  if (findings.length === 0) return <p class="nothing good"><span class="big-sign" aria-hidden="true">✓</span>No findings: the specification is clean.</p>;
  const counts = (['error', 'warning', 'note'] as const).map(severity => [severity, findings.filter(finding => finding.severity === severity).length] as const);
  return (
    <div class="findings-screen">
      <h2>{counts.filter(([, count]) => count > 0).map(([severity, count]) => `${count} ${severity}${count === 1 ? '' : 's'}`).join(', ')}</h2>
      <Rows of={findings} most={MAX_FINDINGS} look="findings" row={(finding, at) => (
        <li key={at} class={`finding finding-${finding.severity}`}>
          <Chip tone={finding.severity}>{finding.severity}</Chip> <code class="chip">{finding.code}</code> <Said text={finding.message} />
          <small>{finding.file && `${finding.file}:${finding.line}:${finding.column}`} {(finding.subjects ?? []).map(subject => <span key={subject}><Name id={subject.replace(/^\w+:/, '')} /> <ChangeChip mark={markOf(all, subject)} /> </span>)}</small>
          {finding.help && <small>help: <Said text={finding.help} /></small>}
        </li>
      )} />
    </div>
  );
}
