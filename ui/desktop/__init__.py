"""The desktop: shell, desks, widgets and the workers behind them."""
