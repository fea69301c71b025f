export * from './BudgetBar';
export * from './BudgetOutlook';
export * from './BurnDownChart';
export * from './PolicyActionText';
export * from './SloAlertLabel';
export * from './SloStateLabel';
export * from './budgetTone';
