// Why this file: the words on screen in English, key by key as in the Chinese file; the type checker and a test hold them together.
import type { zhCN } from './zh-CN';

type Words = typeof zhCN;

export const enUS: Words = {
  app: { name: 'Yuanliu', tagline: 'Hospital cost accounting and performance allocation', skip: 'Skip to content', menu: 'Menu', demo: 'Demonstration data', demoText: 'This is a demonstration hospital; all data are made up.', loading: 'Reading', openMenu: 'Open menu', breadcrumb: 'You are here' },
  nav: { months: 'Close', groups: 'Groups', import: 'Import', label: 'Main navigation' },
  bar: { run: 'Run', noRun: 'Not computed yet', logout: 'Log out', account: 'Account', theme: 'Appearance', themeSystem: 'Follow the system', themeLight: 'Light', themeDark: 'Dark', language: 'Language', runState: 'Run {{run}}, finished {{when}}' },
  setup: {
    title: 'First set-up', lead: 'Create the first administrator of this hospital. The one-time set-up token is shown in the window where the service was first started; it works once.', token: 'One-time set-up token', username: 'User name', password: 'Password', repeat: 'Password again',
    rule: 'At least 12 characters; a sentence will do, no special signs needed.', submit: 'Create administrator', required: 'Please fill in', tooShort: 'At least 12 characters', differs: 'The two passwords differ', doneTitle: 'Administrator created', doneText: 'Log in with the name and password you just chose.', toLogin: 'Go to log-in', notNeeded: 'The administrator exists already; please log in.',
  },
  login: { title: 'Log in', username: 'User name', password: 'Password', submit: 'Log in', required: 'Please fill in', expired: 'Your session has ended. Log in again and you return to the same page.' },
  months: {
    title: 'Month close', lead: 'The data, runs and results of every month.', feeds: 'Feeds', imported: 'Imported', run: 'Current run', compute: 'Compute', computeAgain: 'Compute again', importFolder: 'Import folder', openGroups: 'Open groups',
    watch: 'Watch', emptyTitle: 'No month yet', emptyText: 'Import a month folder first, then compute it.', allFinal: 'All final', noRun: 'Not computed', runWhen: 'finished {{when}}', computeLabel: 'Compute {{period}}',
  },
  feedState: { estimated: 'estimated', not_arrived: 'not arrived' },
  feed: { ledger: 'Ledger', charge_lines: 'Charge lines', encounters: 'Encounters', discharges: 'Discharge records', diagnoses: 'Diagnoses', procedures: 'Procedures', pathway_readings: 'Pathways', quality_readings: 'Quality', driver_readings: 'Drivers', staff: 'Staff', service_items: 'Service items', dip_catalogue: 'DIP catalogue' },
  import: {
    title: 'Import a month folder', lead: 'Choose the folder of one month (manifest.json and the CSV tables). Files travel one by one; the month is stored as a whole once everything checks out, or not at all.', choose: 'Choose folder', chooseAgain: 'Choose another', start: 'Upload and import', stop: 'Stop upload', files: 'Files: {{count}}, {{size}}',
    none: 'There is no usable CSV or JSON file in that folder; choose another.', noManifest: 'manifest.json is missing: is this the right folder?', uploading: 'Uploading {{path}} ({{done}}/{{total}})', checking: 'All uploaded, handing over to the check', stopped: 'Upload stopped; nothing has changed on the server.', progress: 'Upload progress', file: 'File', size: 'Size', folder: 'Month folder',
  },
  job: {
    titleImport: 'Import progress', titleRun: 'Run progress', import: 'Import month folder', run: 'Compute {{period}}', progress: 'Progress', cancel: 'Stop', cancelling: 'Will stop at the end of this stage', stage: 'Now', leave: 'You may leave this page or close the browser; the work goes on.', toMonths: 'Back to month close', toGroups: 'Open groups', retryImport: 'Mend and import again',
    waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Not done', cancelled: 'Stopped', importDone: '{{period}} is imported', runDone: '{{period}} is computed', importFailed: 'Not imported: something must be mended first; stored data are unchanged', runFailed: 'Not computed: stored results are unchanged', cancelledText: 'Stopped; stored data are unchanged.', findings: 'Findings', noFindings: 'Nothing found.', findingCount: '{{count}}',
    file: 'File', row: 'Row', column: 'Column', what: 'What is wrong', mend: 'How to mend it', severity: 'Severity',
  },
  severity: { stop: 'Must be mended', park: 'Parked', warn: 'Note' },
  stage: { waiting: 'Waiting', read: 'Reading', upload: 'Receiving files', check: 'Checking', validate: 'Checking', load: 'Storing', store: 'Storing', store_result: 'Storing results', allocate: 'Allocating department cost', pool: 'Building pools', pools: 'Building pools', patients: 'Costing patients', cost_patients: 'Costing patients', group: 'Grouping', groups: 'Grouping', payment: 'Payment', profit: 'Profit and loss', bonus: 'Bonus', prove: 'Proof and certificate', certificate: 'Proof and certificate', done: 'Done', export: 'Exporting' },
  groups: {
    title: 'Profit by group', headline: '{{period}}: {{losing}} of {{groups}} groups lose at real cost; discharges: {{count}}.', group: 'Group', basis: 'Paid', cases: 'Cases', cmi: 'CMI', total: 'Total', search: 'Filter by code or name', searchNote: 'The filter changes the rows shown; totals are always of all groups.', all: 'All payment kinds', unit: 'Unit', unitIs: 'In {{unit}}', yuan: 'yuan', wan: '10,000 yuan',
    empty: 'No group matches.', noRunTitle: '{{period}} is not computed yet', noRunText: 'Once it is computed, the groups\' profit and loss stand here.', ungrouped: 'Ungrouped', uncoded: 'Uncoded', table: 'Profit by group, in {{unit}}', hint: 'Click any figure for its source and flow; click a group for its cases.', sortBy: 'Sort by', onlyDeficit: 'Deficits only', month: 'Month',
  },
  basis: { dip: 'DIP points', ungrouped: 'Ungrouped', uncoded: 'Uncoded', charges: 'By charges', visit: 'Visits' },
  proof: { title: 'Cost closes', path: 'From ledger to patients', ledger: 'Ledger', excluded: 'Excluded', direct: 'Direct cost', patients: 'Patients', parked: 'Parked', unallocated: 'Unallocated', residual: 'Difference', ok: 'agrees', bad: 'differs', hospital: 'Hospital, visits included', bridge: 'In-hospital bridge', opening: 'Opening', month: 'This month', discharged: 'Discharged', closing: 'Closing', earlier: 'Discharged earlier' },
  cases: { title: 'Cases of {{group}}', lead: 'Cases: {{count}}, in encounter order', record: 'Record', encounter: 'Encounter', department: 'Department', attending: 'Attending', payer: 'Payer', days: 'Days', deviation: 'Charge ratio', points: 'Points', table: 'Cases, in {{unit}}', empty: 'This group has no cases.', loadingMore: 'Reading the other cases', total: 'Group total' },
  deviation: { low: 'low', normal: 'normal', high: 'high' },
  payer: { employee: 'Employee insurance', resident: 'Resident insurance', other_city: 'Other cities', self_paying: 'Self-paying', maternity: 'Maternity', work_injury: 'Work injury', commercial: 'Commercial' },
  level: { core_procedure: 'Core group (procedure)', core_conservative: 'Core group (conservative)', composite: 'Composite group' },
  case: { title: 'Case {{record}}', facts: 'Facts', group: 'Group', level: 'Level', codes: 'Deciding codes', rw: 'Weight RW', status: 'Status', byCategory: 'Cost by category', category: 'Category', opening: 'Opening', month: 'This month', cost: 'Whole stay', share: 'Share', sum: 'Total', figures: 'Profit and loss', table: 'Cost by category, in {{unit}}' },
  status: { grouped: 'Grouped', ungrouped: 'Ungrouped', uncoded: 'Uncoded' },
  category: { staff: 'Staff', materials: 'Materials', drugs: 'Drugs', depreciation: 'Depreciation', amortization: 'Amortization', risk_fund: 'Risk fund', other_operating: 'Other operating' },
  story: {
    title: 'Source and flow', what: 'What it is', made: 'Made of', from: 'Came from', close: 'Close', back: 'Back one step', trail: 'Path', sum: 'Sum', equal: 'equals the figure', differs: 'differs by {{amount}} yuan', part: 'Part', formula: 'Formula', amount: 'Amount (yuan)', basisLines: 'In brackets: the charges (yuan) that were weighed; they are no part of the sum.', more: 'Others: {{count}}', noParts: 'There is nothing finer.',
    chargeNote: 'Charges are those of the whole stay (opening in-hospital charges + this month).', paymentDip: 'Payment = points × point value, rounded to the fen.', paymentCharges: 'Paid by charges: payment equals charges.', paymentRatio: 'Ungrouped or uncoded: payment = charges × the agreed ratio.', realFormula: 'Real margin = payment − full cost', policyFormula: 'Policy margin = payment − charges', sumOfCases: 'Sum of the cases of this group', sumOfGroups: 'Sum of the groups', costFormula: 'Full cost = opening + shares of this month\'s pools',
    count: 'Cases', points: 'Points', how: 'Grouped by', deviation: 'Charge ratio', of: '{{what}} · {{figure}}', allGroups: 'All groups', caseFigure: 'Case {{record}}', terms: 'Terms of the formula', readTable: 'Parts of {{title}}', kindSum: 'Subtotal',
  },
  kind: { opening: 'Opening in-hospital cost', pool: 'Shares of pools', ledger: 'Booked directly', transfer: 'Allocated in', sent: 'Allocated out', excluded: 'Kept out of cost', component: 'Component', charge: 'Charge', payment: 'Payment', cost: 'Cost', stay: 'Case', share: 'Share', withheld: 'Withheld', case: 'Case', group: 'Group' },
  figure: { charge: 'Charges', payment: 'Payment', cost: 'Full cost', policy_margin: 'Policy margin', real_margin: 'Real margin', none: 'no data', zero: 'zero', deficit: 'deficit', surplus: 'surplus', why: 'Show source and flow' },
  grid: { sortAscending: 'ascending', sortDescending: 'descending', rows: 'Rows: {{count}}', help: 'Move with the arrow keys, open with Enter.' },
  problem: { unexpected: 'Something unexpected went wrong; please try again', unreachable: 'The server can\'t be reached; check the network and try again', retry: 'Try again', request: 'Request {{id}}', notFound: 'There is no such page', notFoundText: 'The address may have changed.', home: 'Back to month close', crash: 'This page failed', crashText: 'No data are affected. Please open the page again.', reload: 'Open again' },
};
