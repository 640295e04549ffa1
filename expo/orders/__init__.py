"""Orders of exhibitors: prices, services, permits, invoices, payments and reminders."""
