export * from './BudgetBar';
export * from './BudgetOutlook';
export * from './BurnDownChart';
export * from './SloStateLabel';
export * from './budgetTone';
